// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.pkcs7;

import java.util.Optional;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.Place;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.ber.BerElement;
import org.bpfseal.verifier.ber.BerReader;
import org.bpfseal.verifier.ber.Oid;
import org.bpfseal.verifier.ber.OidText;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.x509.NameReader;

/**
 * Reads the SignerInfos of one message.
 *
 * <p>The version says which identifier counts, not the identifier's own form; what an earlier
 * signer had stays in force for a later one that lacks it.
 */
final class SignerInfoReader {
  private final BerReader reader;
  private final KernelProfile profile;
  private final int messageVersion;
  private final Oid contentType;
  private Bytes serial = Bytes.EMPTY;
  private Bytes issuer = Bytes.EMPTY;
  private Bytes skid = Bytes.EMPTY;

  SignerInfoReader(BerReader reader, KernelProfile profile, int messageVersion, Oid contentType) {
    this.reader = reader;
    this.profile = profile;
    this.messageVersion = messageVersion;
    this.contentType = contentType;
  }

  SignerInfo read() throws Refusal {
    reader.open(0x30, "");
    final boolean bySkid = version() == 3;
    final Place sid = sid();
    final BerElement digestOid = algorithm("digestAlgorithm");
    final HashAlgorithm digest = digestAlgorithm(digestOid);
    final Place digestPlace = reader.place("digestAlgorithm", digestOid);
    AttributeReader attributes = new AttributeReader(reader, contentType);
    attributes.read();
    final Oid algorithm = signatureAlgorithm();
    BerElement signature = reader.primitive(0x04, "signature");
    unsignedAttributes();
    final Place signaturePlace = reader.place("signature", signature);
    final String path = reader.path("");
    final Place place = new Place(path, reader.closeMatched().offset());
    if (contentType == Oid.MS_INDIRECT_DATA && attributes.block().isEmpty()) {
      throw Refusal.at(Check.AUTHENTICODE_ATTRIBUTES, place);
    }
    return new SignerInfo(
        new SignerInfo.Places(
            place, sid, digestPlace, attributes.place().orElse(place), signaturePlace),
        bySkid ? skid : Bytes.concat(serial, issuer),
        digest,
        SignerAlgorithms.scheme(profile, algorithm).orElseThrow(),
        SignerAlgorithms.namedHash(algorithm),
        signature.contents(),
        attributes.block(),
        attributes.messageDigest(),
        attributes.signingTime(),
        attributes.isUnsignedForm());
  }

  private int version() throws Refusal {
    BerElement element = reader.primitive(0x02, "version");
    Bytes octets = element.contents();
    if (octets.size() != 1 || (octets.at(0) != 1 && octets.at(0) != 3)) {
      throw reader.refuse(Check.SIGNER_VERSION, "version", element, octets.toHex());
    }
    int version = octets.at(0);
    if (version != messageVersion) {
      throw reader.refuse(
          Check.SIGNER_VERSION_MISMATCH, "version", element, version, messageVersion);
    }
    return version;
  }

  private Place sid() throws Refusal {
    if (reader.openIf(0x30, "sid")) {
      issuer = NameReader.read(reader, "issuer").contents();
      serial = reader.primitive(0x02, "serialNumber").contents();
      return reader.place("sid", reader.closeMatched());
    }
    Optional<BerElement> keyId = reader.optional(0x80, "sid");
    if (keyId.isPresent()) {
      skid = keyId.get().contents();
    } else {
      reader.requireChoice("sid");
    }
    return reader.place("sid", keyId.orElseGet(reader::last));
  }

  private HashAlgorithm digestAlgorithm(BerElement oid) throws Refusal {
    return Oid.of(oid.contents())
        .flatMap(SignerAlgorithms::hash)
        .orElseThrow(() -> unknown(Check.SIGNER_DIGEST_UNKNOWN, "digestAlgorithm", oid));
  }

  private Oid signatureAlgorithm() throws Refusal {
    BerElement oid = algorithm("signatureAlgorithm");
    return Oid.of(oid.contents())
        .filter(known -> SignerAlgorithms.scheme(profile, known).isPresent())
        .orElseThrow(() -> unknown(Check.SIGNER_ALGORITHM_UNKNOWN, "signatureAlgorithm", oid));
  }

  private BerElement algorithm(String name) throws Refusal {
    reader.open(0x30, name);
    BerElement oid = reader.primitive(0x06, "algorithm");
    reader.optionalAny("parameters");
    reader.closeMatched();
    return oid;
  }

  private Refusal unknown(Check check, String name, BerElement oid) {
    return reader.refuse(check, name, oid, OidText.of(oid.contents()));
  }

  private void unsignedAttributes() throws Refusal {
    if (reader.openManyIf(0xa1, "unsignedAttrs") || reader.openManyIf(0xa3, "unsignedAttrs")) {
      do {
        reader.open(0x30, "");
        reader.primitive(0x06, "attrType");
        reader.openMany(0x31, "attrValues");
        do {
          reader.any("");
        } while (reader.more());
        reader.close();
        reader.closeMatched();
      } while (reader.more());
      reader.closeMatched();
    }
  }
}
