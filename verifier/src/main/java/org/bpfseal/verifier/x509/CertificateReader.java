// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.x509;

import java.util.Optional;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.Place;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.ber.BerElement;
import org.bpfseal.verifier.ber.BerReader;
import org.bpfseal.verifier.ber.OidText;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.PublicKey;

/**
 * Reads an X.509 certificate as the kernel does: the checks, and their order, are the kernel's. The
 * version, the key itself, validity and unknown critical extensions are not checked there, so not
 * here; bytes behind the certificate are not looked at.
 *
 * <p>Mirrors x509.asn1 and {@code x509_cert_parse()} of crypto/asymmetric_keys.
 */
public final class CertificateReader {
  private final KernelProfile profile;
  private final Bytes input;
  private final BerReader reader;
  private final Place place;
  private final ExtensionReader extensions;

  private CertificateReader(KernelProfile profile, Bytes input, String path, long base)
      throws Refusal {
    this.profile = profile;
    this.input = input;
    this.place = new Place(path, base);
    this.reader = BerReader.of(input, path, base);
    this.extensions = new ExtensionReader(profile);
  }

  /**
   * Reads one certificate and judges its own signature if it is by its own key.
   *
   * @param path what the certificate is, for refusals
   * @param base offset of its first byte in the input that holds it
   */
  public static Certificate read(KernelProfile profile, Bytes input, String path, long base)
      throws Refusal {
    return new CertificateReader(profile, input, path, base).read();
  }

  private Certificate read() throws Refusal {
    reader.open(0x30, "");
    reader.open(0x30, "tbsCertificate");
    if (reader.openIf(0xa0, "version")) {
      reader.primitive(0x02, "");
      reader.closeMatched();
    }
    Bytes serial = reader.primitive(0x02, "serialNumber").contents();
    IssuerAlgorithm algorithm = algorithm();
    Bytes issuer = NameReader.read(reader, "issuer").contents();
    Validity validity = validity();
    NameReader.Name subject = NameReader.read(reader, "subject");
    PublicKey key = PublicKeyReader.read(profile, reader);
    reader.optional(0x81, "issuerUniqueID");
    reader.optional(0x82, "subjectUniqueID");
    extensions();
    Bytes tbs = reader.close().encoded();
    Certificate.IssuerSignature signature = signature(algorithm);
    reader.close();
    Certificate.Authority authority = extensions.authority();
    Certificate certificate =
        new Certificate(
            input,
            tbs,
            Bytes.concat(serial, issuer),
            serial,
            issuer,
            subject.contents(),
            subject.text(),
            validity.notBefore,
            validity.notAfter,
            extensions.skid(),
            authority,
            key,
            signature,
            extensions.usage(),
            new Certificate.Status(false, false, false),
            place);
    return certificate.with(CertificateStatus.of(profile, certificate));
  }

  private IssuerAlgorithm algorithm() throws Refusal {
    reader.open(0x30, "signature");
    BerElement oid = reader.primitive(0x06, "algorithm");
    reader.optionalAny("parameters");
    reader.closeMatched();
    return IssuerAlgorithm.of(profile, oid.contents())
        .orElseThrow(
            () ->
                reader.refuse(
                    Check.CERTIFICATE_ALGORITHM, "signature", oid, OidText.of(oid.contents())));
  }

  private record Validity(long notBefore, long notAfter) {}

  private Validity validity() throws Refusal {
    reader.open(0x30, "validity");
    long notBefore = time("notBefore");
    long notAfter = time("notAfter");
    reader.close();
    return new Validity(notBefore, notAfter);
  }

  /** Of a missing second time the kernel notes the first one again. */
  private long time(String name) throws Refusal {
    if (reader.optional(0x17, name).isEmpty() && reader.optional(0x18, name).isEmpty()) {
      reader.requireChoice(name);
    }
    return Asn1Time.read(reader.last(), reader.path(name));
  }

  private void extensions() throws Refusal {
    if (reader.openIf(0xa3, "extensions")) {
      reader.openMany(0x30, "");
      do {
        extensions.read(reader);
      } while (reader.more());
      reader.close();
      reader.closeMatched();
    }
  }

  private Certificate.IssuerSignature signature(IssuerAlgorithm inside) throws Refusal {
    reader.open(0x30, "signatureAlgorithm");
    BerElement oid = reader.primitive(0x06, "algorithm");
    reader.optionalAny("parameters");
    reader.closeMatched();
    BerElement bits = reader.primitive(0x03, "signatureValue");
    Optional<IssuerAlgorithm> outside = IssuerAlgorithm.of(profile, oid.contents());
    if (!outside.equals(Optional.of(inside))) {
      throw reader.refuse(Check.CERTIFICATE_ALGORITHMS_DIFFER, "signatureAlgorithm", oid);
    }
    if (bits.contents().isEmpty() || bits.contents().at(0) != 0) {
      throw reader.refuse(Check.CERTIFICATE_SIGNATURE_PADDING, "signatureValue", bits);
    }
    Place at = new Place(reader.path("signatureValue"), bits.offset() + bits.headerLength() + 1);
    return new Certificate.IssuerSignature(
        inside.scheme(), inside.hash(), bits.contents().from(1), at);
  }
}
