// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.keyring;

import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;

/** Which keys may still be added to a keyring. crypto/asymmetric_keys/restrict.c. */
public sealed interface Restriction {
  /** Any key. */
  record None() implements Restriction {}

  /** No key at all. */
  record Closed() implements Restriction {}

  /**
   * Keys that one in {@code trusted} has signed.
   *
   * @param itself keys already in the keyring count too
   * @param onlyBuiltin the signer must have come with the kernel image
   * @param caKey what the issuer's key id must end with, as {@code ca_keys=id:HEX} sets it
   */
  record SignedBy(Keyring trusted, boolean itself, boolean onlyBuiltin, Optional<Bytes> caKey)
      implements Restriction {}

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
   * @param trusted the named keyring, or one that holds the named key alone
   * @param singleKey a key was named, not a keyring
   * @param chain keys already in the keyring count too
   */
  record KeyOrKeyring(Keyring trusted, boolean singleKey, boolean chain) implements Restriction {}
}
