// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.Passwords;
import org.bpfseal.signer.key.Secret;
import org.jspecify.annotations.Nullable;

/** Asks once and answers copies; the first is kept as long as this object. */
final class Once implements Passwords {
  private final Passwords source;
  private @Nullable Secret kept;

  private Once(Passwords source) {
    this.source = source;
  }

  static Passwords of(Passwords source) {
    return new Once(source);
  }

  @Override
  public Secret get(String what) throws KeyRefusedException {
    Secret secret = kept == null ? source.get(what) : kept;
    kept = secret.copy();
    return secret;
  }
}
