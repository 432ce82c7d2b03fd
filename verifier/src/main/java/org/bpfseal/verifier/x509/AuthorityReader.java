// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.x509;

import java.util.Optional;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.ber.BerElement;
import org.bpfseal.verifier.ber.BerReader;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * The authority key identifier extension.
 *
 * <p>SEQUENCE { [0] key id, [1] general names, [2] serial number }, all optional. The serial number
 * counts only with a directory name, of which the last one counts. Mirrors x509_akid.asn1 and its
 * actions in crypto/asymmetric_keys.
 */
final class AuthorityReader {
  private AuthorityReader() {}

  /**
   * Reads the extension's value.
   *
   * @param base offset of the value in the whole input
   */
  static Certificate.Authority read(Bytes value, String path, long base) throws Refusal {
    BerReader reader = BerReader.of(value, path, base);
    reader.open(0x30, "");
    Optional<Bytes> keyId = reader.optional(0x80, "keyIdentifier").map(BerElement::contents);
    Optional<Bytes> issuer = Optional.empty();
    if (reader.openManyIf(0xa1, "authorityCertIssuer")) {
      issuer = generalNames(reader);
    }
    Optional<Bytes> serial =
        reader.optional(0x82, "authorityCertSerialNumber").map(BerElement::contents);
    reader.close();
    return new Certificate.Authority(
        serial.isPresent() && issuer.isPresent()
            ? Optional.of(Bytes.concat(serial.get(), issuer.get()))
            : Optional.empty(),
        keyId);
  }

  private static Optional<Bytes> generalNames(BerReader reader) throws Refusal {
    Optional<Bytes> directoryName = Optional.empty();
    do {
      if (reader.openIf(0xa4, "directoryName")) {
        directoryName = Optional.of(NameReader.read(reader, "").contents());
        reader.closeMatched();
      } else {
        otherName(reader);
      }
    } while (reader.more());
    reader.closeMatched();
    return directoryName;
  }

  private static void otherName(BerReader reader) throws Refusal {
    if (reader.openIf(0xa0, "otherName")) {
      reader.primitive(0x06, "type-id");
      wrapped(reader, 0xa0, "value");
      reader.closeMatched();
    } else if (reader.openIf(0xa3, "x400Address")) {
      reader.any("");
      reader.closeMatched();
    } else if (reader.openIf(0xa5, "ediPartyName")) {
      if (reader.openIf(0xa0, "nameAssigner")) {
        reader.any("");
        reader.closeMatched();
      }
      wrapped(reader, 0xa1, "partyName");
      reader.closeMatched();
    } else if (!primitiveName(reader)) {
      reader.requireChoice("");
    }
  }

  private static boolean primitiveName(BerReader reader) throws Refusal {
    return reader.optional(0x81, "rfc822Name").isPresent()
        || reader.optional(0x82, "dNSName").isPresent()
        || reader.optional(0x86, "uniformResourceIdentifier").isPresent()
        || reader.optional(0x87, "iPAddress").isPresent()
        || reader.optional(0x88, "registeredID").isPresent();
  }

  private static void wrapped(BerReader reader, int tag, String name) throws Refusal {
    reader.open(tag, name);
    reader.any("");
    reader.close();
  }
}
