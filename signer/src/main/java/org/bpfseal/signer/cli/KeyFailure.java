// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;

/** A refused key or certificate as a command's end. */
final class KeyFailure {
  private KeyFailure() {}

  static CommandFailure of(KeyRefusedException e) {
    return new CommandFailure(ExitCode.KEY_SOURCE, String.valueOf(e.getMessage()), e.hint());
  }

  /** The same, saying which one. */
  static CommandFailure of(String what, KeyRefusedException e) {
    return new CommandFailure(ExitCode.KEY_SOURCE, what + ": " + e.getMessage(), e.hint());
  }
}
