// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.pkcs7;

import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.Place;
import org.bpfseal.verifier.ber.Oid;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.x509.Certificate;

/**
 * A message as the kernel keeps it. RFC 5652, section 5.1; {@code struct pkcs7_message} of
 * crypto/asymmetric_keys/pkcs7_parser.h.
 *
 * @param version 1 or 3
 * @param announced what digestAlgorithms names, of the hashes that the kernel knows; never compared
 * @param contentType {@link Oid#DATA} or {@link Oid#MS_INDIRECT_DATA}
 * @param content contents octets of the inner element; absent in a detached message
 * @param contentPlace of the content; of its type, if there is none
 * @param certificates in message order
 * @param signers in message order, at least one
 * @param trailing bytes behind the message
 */
public record SignedData(
    int version,
    List<HashAlgorithm> announced,
    Oid contentType,
    Optional<Bytes> content,
    Place contentPlace,
    List<Certificate> certificates,
    List<SignerInfo> signers,
    int trailing) {
  /** Copies the lists. */
  public SignedData {
    announced = List.copyOf(announced);
    certificates = List.copyOf(certificates);
    signers = List.copyOf(signers);
  }
}
