// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bpfseal.verifier.bytes.Bytes;

/** An RSA key that signs with PKCS#1 v1.5 padding, through JCA. */
final class RsaSigningKey implements SigningKey {
  private final PrivateKey key;
  private final SigningPublicKey.Rsa publicKey;
  private final Optional<Provider> provider;

  /**
   * @param provider that signs, if not the JDK's
   */
  private RsaSigningKey(
      PrivateKey key, SigningPublicKey.Rsa publicKey, Optional<Provider> provider) {
    this.key = key;
    this.publicKey = publicKey;
    this.provider = provider;
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
      return new RsaSigningKey(key, publicKey, Optional.empty());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("numbers that make no RSA key");
    }
  }

  @Override
  public SigningPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public Bytes sign(DigestAlgorithm digest, Payload payload) {
    try {
      Signature signature =
          provider.isPresent()
              ? Signature.getInstance(digest.withRsa(), provider.get())
              : Signature.getInstance(digest.withRsa());
      signature.initSign(key);
      payload.feed(signature::update);
      return Bytes.owning(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing with " + this + " failed: " + e.getMessage(), e);
    }
  }

  @Override
  public SigningKey accelerated(Provider by) {
    try {
      PrivateKey theirs = (PrivateKey) KeyFactory.getInstance("RSA", by).translateKey(key);
      return new RsaSigningKey(theirs, publicKey, Optional.of(by));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(by.getName() + " takes no RSA key", e);
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
