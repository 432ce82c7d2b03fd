// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.security.Provider;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A key and its certificate, which were found to belong together. */
public final class SigningIdentity implements AutoCloseable {
  private static final int WEAK_BELOW_BITS = 2048;

  private final SigningKey key;
  private final SigningCertificate certificate;

  private SigningIdentity(SigningKey key, SigningCertificate certificate) {
    this.key = key;
    this.certificate = certificate;
  }

  /**
   * The pair.
   *
   * @throws KeyRefusedException if the certificate is of another key
   */
  public static SigningIdentity of(SigningKey key, SigningCertificate certificate)
      throws KeyRefusedException {
    if (!key.publicKey().equals(certificate.publicKey())) {
      throw new KeyRefusedException(
          "the key ("
              + key.publicKey().describe()
              + ") is not the key of certificate \""
              + certificate.subject()
              + "\" ("
              + certificate.publicKey().describe()
              + ")",
          "compare: openssl pkey -in KEY -pubout, openssl x509 -in CERT -pubkey -noout");
    }
    return new SigningIdentity(key, certificate);
  }

  public SigningKey key() {
    return key;
  }

  public SigningCertificate certificate() {
    return certificate;
  }

  /**
   * What should be said about this pair before it is used. The kernel takes all of it.
   *
   * @param now when it is to be used
   */
  public List<String> advice(Instant now) {
    List<String> advice = new ArrayList<>();
    if (key.publicKey() instanceof SigningPublicKey.Rsa rsa
        && rsa.modulus().bitLength() < WEAK_BELOW_BITS) {
      advice.add(rsa.describe() + " is weak: the kernel takes it, but no one should rely on it");
    }
    advice.addAll(certificate.advice(now));
    return List.copyOf(advice);
  }

  /** The same with {@link SigningKey#accelerated}. */
  public SigningIdentity accelerated(Provider by) {
    return new SigningIdentity(key.accelerated(by), certificate);
  }

  /** Closes the key. */
  @Override
  public void close() {
    key.close();
  }

  @Override
  public String toString() {
    return certificate.subject() + " (" + key.publicKey().describe() + ")";
  }
}
