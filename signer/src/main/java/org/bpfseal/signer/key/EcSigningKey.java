// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * An EC key whose signatures are reproducible: the nonce is RFC 6979's, a function of key and
 * digest, where JCA's is random.
 */
final class EcSigningKey implements SigningKey {
  private final ECPrivateKeyParameters key;
  private final SigningPublicKey.Ec publicKey;

  private EcSigningKey(ECPrivateKeyParameters key, SigningPublicKey.Ec publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  /**
   * The key with that number.
   *
   * @throws IllegalArgumentException if it isn't between 1 and the curve's order
   */
  static EcSigningKey of(Curve curve, BigInteger number) {
    ECDomainParameters domain = curve.domain();
    if (number.signum() <= 0 || number.compareTo(domain.getN()) >= 0) {
      throw new IllegalArgumentException("a number outside the curve's order");
    }
    byte[] point = new FixedPointCombMultiplier().multiply(domain.getG(), number).getEncoded(false);
    return new EcSigningKey(
        new ECPrivateKeyParameters(number, domain),
        new SigningPublicKey.Ec(curve, Bytes.owning(point)));
  }

  @Override
  public SigningPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public Bytes sign(DigestAlgorithm digest, Payload payload) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(hash(digest)));
    signer.init(true, key);
    BigInteger[] pair = signer.generateSignature(digest.digest(payload).toArray());
    return EcdsaSignature.der(publicKey.curve(), pair[0], pair[1]);
  }

  private static Digest hash(DigestAlgorithm digest) {
    return switch (digest) {
      case SHA_256 -> SHA256Digest.newInstance();
      case SHA_384 -> new SHA384Digest();
      case SHA_512 -> new SHA512Digest();
    };
  }

  /** For {@link PrivateKeyExport}. */
  byte[] pkcs8() {
    Curve curve = publicKey.curve();
    ECPrivateKey structure =
        new ECPrivateKey(
            key.getParameters().getN().bitLength(),
            key.getD(),
            new DERBitString(publicKey.point().toArray()),
            null);
    try {
      return new PrivateKeyInfo(curve.algorithm(), structure).getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("encoding to memory failed", e);
    }
  }

  @Override
  public String toString() {
    return publicKey.describe() + " private key";
  }
}
