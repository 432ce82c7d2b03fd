// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cms;

import java.io.IOException;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.signer.key.SigningPublicKey;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Encodes a detached SignedData with one signer.
 *
 * <pre>
 *   ContentInfo  signedData
 *     version 3                        because the signer is named by key identifier
 *     digestAlgorithms { digest }      parameters absent
 *     encapContentInfo data            no content
 *     SignerInfo
 *       version 3
 *       [0] subjectKeyIdentifier
 *       digest                         parameters absent
 *       rsaEncryption NULL             or ecdsa-with-SHA2, parameters absent
 *       OCTET STRING signature         over the content itself: no signed attributes
 * </pre>
 *
 * <p>For RSA these are the bytes of {@code openssl cms -sign -binary -noattr -nocerts -keyid
 * -nosmimecap -outform DER} and of {@code bpftool gen skeleton -S}. RFC 5652, sections 3 and 5.
 */
public final class SignedDataEncoder {
  private SignedDataEncoder() {}

  /**
   * The DER bytes.
   *
   * @param signature what the key made of the content
   */
  public static Bytes encode(
      Bytes skid, SigningPublicKey key, DigestAlgorithm digest, Bytes signature) {
    AlgorithmIdentifier digestAlgorithm = new AlgorithmIdentifier(oid(digest));
    SignerInfo signer =
        new SignerInfo(
            new SignerIdentifier(new DEROctetString(skid.toArray())),
            digestAlgorithm,
            (ASN1Set) null,
            signatureAlgorithm(key, digest),
            new DEROctetString(signature.toArray()),
            (ASN1Set) null);
    SignedData signedData =
        new SignedData(
            new DERSet(digestAlgorithm),
            new ContentInfo(CMSObjectIdentifiers.data, null),
            null,
            null,
            new DERSet(signer));
    try {
      return Bytes.owning(
          new ContentInfo(CMSObjectIdentifiers.signedData, signedData)
              .getEncoded(ASN1Encoding.DER));
    } catch (IOException e) {
      throw new IllegalStateException("encoding to memory failed", e);
    }
  }

  private static ASN1ObjectIdentifier oid(DigestAlgorithm digest) {
    return switch (digest) {
      case SHA_256 -> NISTObjectIdentifiers.id_sha256;
      case SHA_384 -> NISTObjectIdentifiers.id_sha384;
      case SHA_512 -> NISTObjectIdentifiers.id_sha512;
    };
  }

  /** The kernel knows {@code rsaEncryption} here and not {@code sha256WithRSAEncryption}. */
  private static AlgorithmIdentifier signatureAlgorithm(
      SigningPublicKey key, DigestAlgorithm digest) {
    return switch (key) {
      case SigningPublicKey.Rsa rsa ->
          new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE);
      case SigningPublicKey.Ec ec ->
          new AlgorithmIdentifier(
              switch (digest) {
                case SHA_256 -> X9ObjectIdentifiers.ecdsa_with_SHA256;
                case SHA_384 -> X9ObjectIdentifiers.ecdsa_with_SHA384;
                case SHA_512 -> X9ObjectIdentifiers.ecdsa_with_SHA512;
              });
    };
  }
}
