// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.x509;

import java.util.Optional;
import org.bpfseal.verifier.Place;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.crypto.PublicKey;
import org.bpfseal.verifier.crypto.SignatureScheme;

/**
 * An X.509 certificate as the kernel keeps it. {@code struct x509_certificate} of
 * crypto/asymmetric_keys/x509_parser.h.
 *
 * @param encoded the whole certificate, with whatever followed it
 * @param tbs the signed part, with its header as it stands
 * @param id serial number contents, then issuer contents: the first identifier
 * @param serial contents of the serial number
 * @param issuer contents of the issuer's Name
 * @param subject contents of the subject's Name
 * @param subjectName the text that the kernel makes of the subject, octets unchanged
 * @param notBefore seconds since 1970
 * @param notAfter seconds since 1970
 * @param skid subject key identifier: the second identifier
 * @param authority who issued it, by the authority key identifier
 * @param signature by the issuer
 * @param usage of the key
 * @param status what was found out about it when it was parsed
 * @param place of the certificate: in the message that holds it, or at the start of its own input
 */
public record Certificate(
    Bytes encoded,
    Bytes tbs,
    Bytes id,
    Bytes serial,
    Bytes issuer,
    Bytes subject,
    Bytes subjectName,
    long notBefore,
    long notAfter,
    Optional<Bytes> skid,
    Authority authority,
    PublicKey publicKey,
    IssuerSignature signature,
    KeyUsage usage,
    Status status,
    Place place) {

  /** The same certificate with what was found out about it. */
  Certificate with(Status newStatus) {
    return new Certificate(
        encoded,
        tbs,
        id,
        serial,
        issuer,
        subject,
        subjectName,
        notBefore,
        notAfter,
        skid,
        authority,
        publicKey,
        signature,
        usage,
        newStatus,
        place);
  }

  /**
   * The authority key identifier, which names the issuer's key.
   *
   * @param issuerAndSerial serial number contents, then issuer contents
   * @param keyId the issuer's SKID
   */
  public record Authority(Optional<Bytes> issuerAndSerial, Optional<Bytes> keyId) {
    public static final Authority NONE = new Authority(Optional.empty(), Optional.empty());

    public boolean isPresent() {
      return issuerAndSerial.isPresent() || keyId.isPresent();
    }
  }

  /**
   * The issuer's signature.
   *
   * @param hash absent where the scheme takes the data themselves
   * @param place of the value
   */
  public record IssuerSignature(
      SignatureScheme scheme, Optional<HashAlgorithm> hash, Bytes value, Place place) {}

  /** What the extensions allow; the kernel asks only when keys are added to restricted keyrings. */
  public record KeyUsage(boolean ca, boolean certSign, boolean digitalSignature) {}

  /**
   * What the parser found out.
   *
   * @param selfSigned its signature is by its own key, and was verified
   * @param unsupported its signature's hash or key is not available in this kernel
   * @param blacklisted the hash of its signed part is blacklisted
   */
  public record Status(boolean selfSigned, boolean unsupported, boolean blacklisted) {}
}
