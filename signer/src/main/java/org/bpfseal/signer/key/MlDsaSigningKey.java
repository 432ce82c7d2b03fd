// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * An ML-DSA key. It signs deterministically (FIPS 204, section 3.4), so that builds reproduce,
 * without a context and without a digest, as the kernel verifies ({@code lib/crypto/mldsa.c}).
 */
final class MlDsaSigningKey implements SigningKey {
  private static final int SEED = 32;

  private final MLDSAPrivateKeyParameters key;
  private final SigningPublicKey.MlDsa publicKey;

  private MlDsaSigningKey(MLDSAPrivateKeyParameters key, SigningPublicKey.MlDsa publicKey) {
    this.key = key;
    this.publicKey = publicKey;
  }

  /**
   * The key of PKCS#8's content: {@code [0] seed}, {@code OCTET STRING expandedKey}, or a SEQUENCE
   * of both, of which the seed counts. RFC 9881, section 6.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  static MlDsaSigningKey of(MlDsaSet set, ASN1Primitive content) {
    byte[] encoded =
        switch (content) {
          case ASN1TaggedObject tagged -> octets(ASN1OctetString.getInstance(tagged, false), SEED);
          case ASN1Sequence both -> octets(ASN1OctetString.getInstance(both.getObjectAt(0)), SEED);
          case ASN1OctetString expanded -> octets(expanded, set.expandedSize());
          default -> throw new IllegalArgumentException("no ML-DSA key");
        };
    MLDSAPrivateKeyParameters key = new MLDSAPrivateKeyParameters(set.parameters(), encoded);
    Bytes publicKey = Bytes.owning(key.getPublicKeyParameters().getEncoded());
    return new MlDsaSigningKey(key, new SigningPublicKey.MlDsa(set, publicKey));
  }

  private static byte[] octets(ASN1OctetString octets, int size) {
    if (octets.getOctetsLength() != size) {
      throw new IllegalArgumentException("a key of another length");
    }
    return octets.getOctets();
  }

  @Override
  public SigningPublicKey publicKey() {
    return publicKey;
  }

  @Override
  public Bytes sign(DigestAlgorithm digest, Payload payload) {
    MLDSASigner signer = new MLDSASigner();
    signer.init(true, key);
    payload.feed(signer::update);
    try {
      return Bytes.owning(signer.generateSignature());
    } catch (CryptoException e) {
      throw new IllegalStateException("signing with " + this + " failed: " + e.getMessage(), e);
    }
  }

  /** For {@link PrivateKeyExport}: the seed if it is known. */
  byte[] pkcs8() {
    byte[] seed = key.getSeed();
    ASN1Encodable content =
        seed == null
            ? new DEROctetString(key.getEncoded())
            : new DERTaggedObject(false, 0, new DEROctetString(seed));
    try {
      return new PrivateKeyInfo(publicKey.set().algorithm(), content).getEncoded(ASN1Encoding.DER);
    } catch (IOException e) {
      throw new IllegalStateException("encoding to memory failed", e);
    }
  }

  @Override
  public String toString() {
    return publicKey.describe() + " private key";
  }
}
