// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.keyring;

import java.util.List;

/** Which keys may still be added to a keyring. crypto/asymmetric_keys/restrict.c. */
public sealed interface Restriction {
  /** Any key. */
  record None() implements Restriction {}

  /** No key at all. */
  record Closed() implements Restriction {}

  /**
   * Keys that one in {@code trusted} has signed.
   *
   * @param onlyBuiltin the signer must have come with the kernel image
   */
  record SignedBy(Keyring trusted, boolean onlyBuiltin) implements Restriction {}

  /**
   * CA certificates that may sign certificates.
   *
   * @param strict and may sign nothing else
   */
  record CertificateAuthorities(boolean strict) implements Restriction {}

  /** Certificates for signing that are no CA, signed by one in {@code trusted}. */
  record DigitalSignature(Keyring trusted) implements Restriction {}

  /**
   * Keys that one of these has signed, as {@code key_or_keyring:SERIAL} sets it.
   *
   * @param candidates a single key, or what the named keyring holds
   * @param chain keys already in the keyring count too
   */
  record KeyOrKeyring(List<Key> candidates, boolean singleKey, boolean chain)
      implements Restriction {
    /** Copies the list. */
    public KeyOrKeyring {
      candidates = List.copyOf(candidates);
    }
  }
}
