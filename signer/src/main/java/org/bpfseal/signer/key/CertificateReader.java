// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.Time;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads the signer's certificate, PEM or DER (RFC 5280).
 *
 * <p>Of a PEM file the first certificate counts. Only what signing needs is looked at: what the
 * kernel says to the certificate is the verifier's business.
 */
public final class CertificateReader {
  /** Most bytes of a certificate file; the kernel takes certificates of up to 65535 bytes. */
  public static final int LIMIT = 1 << 18;

  private static final String FORMAT = "certificate";

  private CertificateReader() {}

  /**
   * The certificate of a file.
   *
   * @throws FormatException if the file holds no certificate, or a malformed one
   * @throws KeyRefusedException if the kernel couldn't verify with its key, or couldn't find it
   *     because it has no subject key identifier
   */
  public static SigningCertificate read(Bytes file) throws FormatException, KeyRefusedException {
    if (!PemReader.isPem(file)) {
      return der(file, 0);
    }
    List<PemBlock> blocks = PemReader.read(file);
    for (PemBlock block : blocks) {
      if (block.label().equals("CERTIFICATE") || block.label().equals("X509 CERTIFICATE")) {
        return der(block.der(), block.offset());
      }
    }
    throw new FormatException(
        FORMAT,
        "PEM",
        0,
        "expected a block CERTIFICATE, found "
            + (blocks.isEmpty() ? "none" : blocks.getFirst().label()));
  }

  private static SigningCertificate der(Bytes der, int offset)
      throws FormatException, KeyRefusedException {
    try {
      Certificate certificate = Certificate.getInstance(der.toArray());
      SigningPublicKey key = SigningPublicKey.of(certificate.getSubjectPublicKeyInfo());
      Extensions extensions = certificate.getTBSCertificate().getExtensions();
      SubjectKeyIdentifier skid =
          extensions == null ? null : SubjectKeyIdentifier.fromExtensions(extensions);
      if (skid == null || skid.getKeyIdentifier().length == 0) {
        throw new KeyRefusedException(
            "a certificate without a subject key identifier, by which the kernel finds it",
            "make it again with the extension subjectKeyIdentifier=hash");
      }
      return new SigningCertificate(
          der,
          certificate.getSubject().toString(),
          Bytes.owning(skid.getKeyIdentifier()),
          Bytes.owning(certificate.getIssuer().getEncoded(ASN1Encoding.DER)),
          certificate.getSerialNumber().getValue(),
          key,
          instant(certificate.getStartDate()),
          instant(certificate.getEndDate()),
          maySign(extensions));
    } catch (RuntimeException | IOException e) {
      // Bouncy Castle answers malformed DER with several unchecked exceptions.
      throw new FormatException(
          FORMAT, "DER", offset, "expected an X.509 certificate, found something else");
    }
  }

  /**
   * {@code YYYYMMDDHHMMSS} in UTC (RFC 5280, section 4.1.2.5). Read here, since Bouncy Castle asks
   * Java's calendars of all languages for it, at a tenth of a start.
   */
  private static Instant instant(Time time) {
    String text = time.getTime();
    if (!text.endsWith("GMT+00:00")) {
      throw new IllegalArgumentException("not in UTC");
    }
    return LocalDateTime.of(
            number(text, 0, 4),
            number(text, 4, 6),
            number(text, 6, 8),
            number(text, 8, 10),
            number(text, 10, 12),
            number(text, 12, 14))
        .toInstant(ZoneOffset.UTC);
  }

  private static int number(String text, int from, int to) {
    return Integer.parseInt(text, from, to, 10);
  }

  /** Without the extension a key may do anything. RFC 5280, section 4.2.1.3. */
  private static boolean maySign(Extensions extensions) {
    KeyUsage usage = KeyUsage.fromExtensions(extensions);
    return usage == null
        || usage.hasUsages(KeyUsage.digitalSignature)
        || usage.hasUsages(KeyUsage.nonRepudiation);
  }
}
