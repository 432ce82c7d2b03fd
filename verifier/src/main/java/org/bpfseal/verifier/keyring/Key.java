// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.keyring;

import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.x509.Certificate;

/**
 * A key of type {@code asymmetric} in a keyring.
 *
 * @param description what tells it apart from others of its keyring, octets unchanged
 * @param builtin it came with the kernel image
 */
public record Key(Certificate certificate, Bytes description, KeyState state, boolean builtin) {
  /** A valid key under a description. */
  public static Key of(Certificate certificate, Bytes description) {
    return new Key(certificate, description, KeyState.VALID, false);
  }

  /** The same key in another state. */
  public Key in(KeyState other) {
    return new Key(certificate, description, other, builtin);
  }

  /** The same key as part of the kernel image. */
  public Key builtIn() {
    return new Key(certificate, description, state, true);
  }

  /** True if one of its first two identifiers is the one sought; they are interchangeable. */
  public boolean answersTo(Bytes id) {
    Optional<Bytes> skid = certificate.skid();
    return certificate.id().equals(id) || (skid.isPresent() && skid.get().equals(id));
  }
}
