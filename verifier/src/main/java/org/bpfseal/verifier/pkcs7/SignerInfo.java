// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.pkcs7;

import java.util.Optional;
import java.util.OptionalLong;
import org.bpfseal.verifier.Place;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.crypto.SignatureScheme;

/**
 * One signer of a message. RFC 5652, section 5.3; {@code struct pkcs7_signed_info} of
 * crypto/asymmetric_keys/pkcs7_parser.h.
 *
 * @param places of its parts in the message
 * @param identifier of the signer: serial number then issuer contents, or SKID octets; empty when
 *     version and kind of identifier don't agree
 * @param namedHash the hash in the name of the signature's algorithm, which the kernel never
 *     compares with {@code digest}
 * @param attributes the signed attributes as they stand, header included; absent without them, or
 *     in the form that is not signed
 * @param messageDigest the attribute of that name
 * @param signingTime the attribute of that name, in seconds since 1970
 * @param unsignedForm the attributes came in the [2] form, which no signature covers
 */
public record SignerInfo(
    Places places,
    Bytes identifier,
    HashAlgorithm digest,
    SignatureScheme scheme,
    Optional<HashAlgorithm> namedHash,
    Bytes signature,
    Optional<Bytes> attributes,
    Optional<Bytes> messageDigest,
    OptionalLong signingTime,
    boolean unsignedForm) {
  private static final int SET = 0x31;

  /**
   * Where its parts stand.
   *
   * @param attributes the signer's own place if it has none
   */
  public record Places(
      Place signer, Place sid, Place digestAlgorithm, Place attributes, Place signature) {}

  /** The path of this signer in the message. */
  public String path() {
    return places.signer().path();
  }

  /** The attributes as they are signed: the bytes as sent, with the tag of a SET. */
  public static Bytes asSet(Bytes attributes) {
    byte[] set = attributes.toArray();
    set[0] = SET;
    return Bytes.owning(set);
  }

  /** True if the signature is made over the data themselves, not over a digest of them. */
  public boolean signsDataDirectly() {
    return attributes.isEmpty() && scheme.takesData();
  }
}
