// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cms;

import java.io.IOException;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.SignedData;
import org.bouncycastle.asn1.cms.SignerIdentifier;
import org.bouncycastle.asn1.cms.SignerInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.signer.key.SigningCertificate;
import org.bpfseal.signer.key.SigningPublicKey;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Encodes a detached SignedData.
 *
 * <pre>
 *   ContentInfo  signedData
 *     version 3                        1 where signers are named by issuer and serial number
 *     digestAlgorithms { digest }      parameters absent; NULL in the PKCS#7 form
 *     encapContentInfo data            no content
 *     SignerInfo ...                   in DER's order of a SET
 *       version 3                      1, likewise
 *       [0] subjectKeyIdentifier       or SEQUENCE { issuer, serial }
 *       digest                         as above
 *       rsaEncryption NULL             or ecdsa-with-SHA2 or ML-DSA, parameters absent
 *       OCTET STRING signature         over the content itself: no signed attributes
 * </pre>
 *
 * <p>For RSA these are the bytes of {@code openssl cms -sign -binary -noattr -nocerts -keyid
 * -nosmimecap -outform DER} and of {@code bpftool gen skeleton -S}; the other forms are those that
 * {@link MessageForm} names. RFC 5652, sections 3 and 5; RFC 2315, section 9; RFC 9882 for ML-DSA,
 * beside which the digest is SHA-512 and means nothing.
 */
public final class SignedDataEncoder {
  private SignedDataEncoder() {}

  /** The DER bytes. */
  public static Bytes encode(MessageForm form, DigestAlgorithm digest, List<SignerEntry> signers) {
    SignerInfo[] infos =
        signers.stream().map(entry -> signerInfo(form, digest, entry)).toArray(SignerInfo[]::new);
    AlgorithmIdentifier[] digests =
        signers.stream()
            .map(entry -> entry.certificate().publicKey().named(digest))
            .distinct()
            .map(named -> digestAlgorithm(form, named))
            .toArray(AlgorithmIdentifier[]::new);
    SignedData signedData =
        new SignedData(
            new DERSet(digests),
            new ContentInfo(CMSObjectIdentifiers.data, null),
            null,
            null,
            new DERSet(infos));
    try {
      return Bytes.owning(
          new ContentInfo(CMSObjectIdentifiers.signedData, signedData)
              .getEncoded(ASN1Encoding.DER));
    } catch (IOException e) {
      throw new IllegalStateException("encoding to memory failed", e);
    }
  }

  private static SignerInfo signerInfo(
      MessageForm form, DigestAlgorithm digest, SignerEntry entry) {
    SigningPublicKey key = entry.certificate().publicKey();
    return new SignerInfo(
        identifier(form, entry.certificate()),
        digestAlgorithm(form, key.named(digest)),
        (ASN1Set) null,
        signatureAlgorithm(key, digest),
        new DEROctetString(entry.signature().toArray()),
        (ASN1Set) null);
  }

  private static SignerIdentifier identifier(MessageForm form, SigningCertificate certificate) {
    return switch (form) {
      case KEY_ID -> new SignerIdentifier(new DEROctetString(certificate.skid().toArray()));
      case ISSUER_AND_SERIAL, PKCS7 ->
          new SignerIdentifier(
              new IssuerAndSerialNumber(
                  X500Name.getInstance(certificate.issuerDer().toArray()), certificate.serial()));
    };
  }

  private static AlgorithmIdentifier digestAlgorithm(MessageForm form, DigestAlgorithm digest) {
    return switch (form) {
      case KEY_ID, ISSUER_AND_SERIAL -> new AlgorithmIdentifier(oid(digest));
      case PKCS7 -> new AlgorithmIdentifier(oid(digest), DERNull.INSTANCE);
    };
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
      case SigningPublicKey.MlDsa mlDsa -> mlDsa.set().algorithm();
    };
  }
}
