// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.signer.key.MlDsaSet;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * An ML-DSA key and its self-signed certificate in a folder, as files of each kind.
 *
 * @param key whose seed is known
 */
record MlDsaIdentity(MlDsaSet set, MLDSAPrivateKeyParameters key, Path folder) {
  /** The three ways in which PKCS#8 holds such a key. RFC 9881, section 6. */
  enum Form {
    SEED,
    EXPANDED,
    BOTH
  }

  Path keyFile(Form form) throws IOException {
    ASN1Encodable seed = new DEROctetString(key.getSeed());
    ASN1Encodable expanded = new DEROctetString(key.getEncoded());
    ASN1Encodable content =
        switch (form) {
          case SEED -> new DERTaggedObject(false, 0, seed);
          case EXPANDED -> expanded;
          case BOTH -> {
            ASN1EncodableVector both = new ASN1EncodableVector();
            both.add(seed);
            both.add(expanded);
            yield new DERSequence(both);
          }
        };
    return pem(
        set.id() + "-" + form + ".key",
        "PRIVATE KEY",
        new PrivateKeyInfo(set.algorithm(), content).getEncoded());
  }

  Path certificateFile() throws IOException {
    return pem(set.id() + ".crt", "CERTIFICATE", certificate().toArray());
  }

  Bytes certificate() throws IOException {
    AlgorithmIdentifier algorithm = set.algorithm();
    byte[] publicKey = key.getPublicKeyParameters().getEncoded();
    X500Name name = new X500Name("CN=" + set.id());
    V3TBSCertificateGenerator generator = new V3TBSCertificateGenerator();
    generator.setSerialNumber(new ASN1Integer(BigInteger.ONE));
    generator.setSignature(algorithm);
    generator.setIssuer(name);
    generator.setSubject(name);
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    generator.setStartDate(new Time(Date.from(now.minus(1, ChronoUnit.DAYS))));
    generator.setEndDate(new Time(Date.from(now.plus(9, ChronoUnit.DAYS))));
    generator.setSubjectPublicKeyInfo(new SubjectPublicKeyInfo(algorithm, publicKey));
    byte[] skid = DigestAlgorithm.SHA_256.digest(Bytes.of(publicKey)).slice(0, 20).toArray();
    generator.setExtensions(
        new Extensions(
            new Extension(
                Extension.subjectKeyIdentifier,
                false,
                new SubjectKeyIdentifier(skid).getEncoded())));
    TBSCertificate certificate = generator.generateTBSCertificate();
    ASN1EncodableVector parts = new ASN1EncodableVector();
    parts.add(certificate);
    parts.add(algorithm);
    parts.add(new DERBitString(sign(Bytes.owning(certificate.getEncoded())).toArray()));
    return Bytes.owning(new DERSequence(parts).getEncoded());
  }

  /** What another tool would make. */
  Bytes sign(Bytes content) {
    MLDSASigner signer = new MLDSASigner();
    signer.init(true, key);
    signer.update(content.toArray(), 0, content.size());
    try {
      return Bytes.owning(signer.generateSignature());
    } catch (CryptoException e) {
      throw new AssertionError(e);
    }
  }

  private Path pem(String name, String label, byte[] der) throws IOException {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return Files.writeString(
        folder.resolve(name),
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, base64));
  }
}
