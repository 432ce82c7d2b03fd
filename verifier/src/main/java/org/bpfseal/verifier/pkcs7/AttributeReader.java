// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.pkcs7;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.Place;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.ber.BerElement;
import org.bpfseal.verifier.ber.BerReader;
import org.bpfseal.verifier.ber.Oid;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.x509.Asn1Time;

/**
 * The signed attributes of one signer, in the [0] form, or in the [2] form that the signature does
 * not cover.
 *
 * <p>Mirrors {@code pkcs7_sig_note_authenticated_attr()} and {@code
 * pkcs7_sig_note_set_of_authattrs()} of crypto/asymmetric_keys/pkcs7_parser.c.
 */
final class AttributeReader {
  private final BerReader reader;
  private final Oid contentType;
  private final Set<Oid> seen = EnumSet.noneOf(Oid.class);
  private Optional<Bytes> block = Optional.empty();
  private Optional<Bytes> messageDigest = Optional.empty();
  private OptionalLong signingTime = OptionalLong.empty();
  private Optional<Place> place = Optional.empty();
  private boolean unsignedForm;

  AttributeReader(BerReader reader, Oid contentType) {
    this.reader = reader;
    this.contentType = contentType;
  }

  void read() throws Refusal {
    if (reader.openManyIf(0xa0, "signedAttrs")) {
      attributes();
      BerElement set = reader.closeMatched();
      place = Optional.of(reader.place("signedAttrs", set));
      require(Oid.CONTENT_TYPE, "contentType", set);
      require(Oid.MESSAGE_DIGEST, "messageDigest", set);
      block = Optional.of(set.encoded());
    } else if (reader.openIf(0xa2, "signedAttrs")) {
      unsignedForm = true;
      reader.openMany(0x30, "");
      attributes();
      reader.close();
      place = Optional.of(reader.place("signedAttrs", reader.closeMatched()));
    }
  }

  /** Where the attributes stand; absent if there are none. */
  Optional<Place> place() {
    return place;
  }

  Optional<Bytes> block() {
    return block;
  }

  Optional<Bytes> messageDigest() {
    return messageDigest;
  }

  OptionalLong signingTime() {
    return signingTime;
  }

  boolean isUnsignedForm() {
    return unsignedForm;
  }

  private void attributes() throws Refusal {
    do {
      reader.open(0x30, "");
      Optional<Oid> type = Oid.of(reader.primitive(0x06, "attrType").contents());
      reader.openMany(0x31, "attrValues");
      do {
        BerElement value = reader.any("");
        if (type.isPresent()) {
          note(type.get(), value);
        }
      } while (reader.more());
      reader.close();
      reader.closeMatched();
    } while (reader.more());
  }

  private void note(Oid type, BerElement value) throws Refusal {
    switch (type) {
      case CONTENT_TYPE -> {
        once(type, value);
        if (!Oid.of(value.contents()).equals(Optional.of(contentType))) {
          throw reader.refuse(Check.ATTRIBUTE_CONTENT_TYPE, "", value);
        }
      }
      case SIGNING_TIME -> {
        once(type, value);
        signingTime = OptionalLong.of(Asn1Time.read(value, reader.path("")));
      }
      case MESSAGE_DIGEST -> {
        once(type, value);
        if (value.tag() != 0x04) {
          throw reader.refuse(Check.ATTRIBUTE_DIGEST_TAG, "", value, value.tagText());
        }
        messageDigest = Optional.of(value.contents());
      }
      case SMIME_CAPABILITIES, MS_SP_OPUS_INFO, MS_STATEMENT_TYPE -> {
        once(type, value);
        if (contentType != Oid.MS_INDIRECT_DATA) {
          throw reader.refuse(Check.ATTRIBUTE_AUTHENTICODE, "", value, type.dotted());
        }
      }
      default -> {}
    }
  }

  private void once(Oid type, BerElement value) throws Refusal {
    if (!seen.add(type)) {
      throw reader.refuse(Check.ATTRIBUTE_REPEATED, "", value, type.dotted());
    }
  }

  private void require(Oid type, String name, BerElement set) throws Refusal {
    if (!seen.contains(type)) {
      throw reader.refuse(Check.ATTRIBUTE_MISSING, "signedAttrs", set, name);
    }
  }
}
