// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.RSAPrivateCrtKeySpec;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bpfseal.verifier.bytes.Bytes;

/** An RSA key that signs with PKCS#1 v1.5 padding, through JCA. */
final class RsaSigningKey implements SigningKey {
  private final PrivateKey key;
  private final SigningPublicKey.Rsa publicKey;

  private RsaSigningKey(PrivateKey key, SigningPublicKey.Rsa publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  /**
   * The key of PKCS#1's structure.
   *
   * @throws IllegalArgumentException if its numbers don't belong together
   */
  static RsaSigningKey of(RSAPrivateKey parts) throws KeyRefusedException {
    BigInteger modulus = parts.getModulus();
    SigningPublicKey.Rsa publicKey =
        SigningPublicKey.Rsa.checked(modulus, parts.getPublicExponent());
    if (!parts.getPrime1().multiply(parts.getPrime2()).equals(modulus)) {
      throw new IllegalArgumentException("the modulus is not the product of the two primes");
    }
    try {
      PrivateKey key =
          KeyFactory.getInstance("RSA")
              .generatePrivate(
                  new RSAPrivateCrtKeySpec(
                      modulus,
                      parts.getPublicExponent(),
                      parts.getPrivateExponent(),
                      parts.getPrime1(),
                      parts.getPrime2(),
                      parts.getExponent1(),
                      parts.getExponent2(),
                      parts.getCoefficient()));
      return new RsaSigningKey(key, publicKey);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("numbers that make no RSA key");
    }
  }

  @Override
  public SigningPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public Bytes sign(DigestAlgorithm digest, Bytes payload) {
    try {
      Signature signature = Signature.getInstance(digest.withRsa());
      signature.initSign(key);
      signature.update(payload.buffer());
      return Bytes.owning(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing with " + this + " failed: " + e.getMessage(), e);
    }
  }

  /** For {@link PrivateKeyExport}. */
  byte[] pkcs8() {
    return key.getEncoded();
  }

  @Override
  public String toString() {
    return publicKey.describe() + " private key";
  }
}
