// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.x509;

import java.util.Optional;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.ber.BerReader;
import org.bpfseal.verifier.ber.Oid;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A distinguished name, and the text that the kernel makes of it for descriptions.
 *
 * <p>Three attributes count, the last of each kind. Their lengths are kept in one octet, and what
 * is then empty counts as absent. Mirrors {@code x509_extract_name_segment()} and {@code
 * x509_fabricate_name()} of crypto/asymmetric_keys/x509_cert_parser.c.
 */
public final class NameReader {
  private static final int COMMON_PREFIX = 7;
  private static final Bytes SEPARATOR = Bytes.utf8(": ");

  private Bytes commonName = Bytes.EMPTY;
  private Bytes organization = Bytes.EMPTY;
  private Bytes email = Bytes.EMPTY;

  private NameReader() {}

  /**
   * A name: its contents, octets unchanged, and its text.
   *
   * @param text what a description begins with
   */
  public record Name(Bytes contents, Bytes text) {}

  /** Reads SEQUENCE OF SET OF SEQUENCE { OID, any }, each level not empty. */
  public static Name read(BerReader reader, String name) throws Refusal {
    NameReader attributes = new NameReader();
    reader.openMany(0x30, name);
    do {
      reader.openMany(0x31, "");
      do {
        reader.open(0x30, "");
        Bytes type = reader.primitive(0x06, "type").contents();
        attributes.note(Oid.of(type), reader.any("value").contents());
        reader.closeMatched();
      } while (reader.more());
      reader.closeMatched();
    } while (reader.more());
    Bytes contents = reader.closeMatched().contents();
    return new Name(contents, attributes.text());
  }

  private void note(Optional<Oid> type, Bytes value) {
    if (type.isEmpty()) {
      return;
    }
    Bytes kept = value.slice(0, value.size() & 0xff);
    switch (type.get()) {
      case COMMON_NAME -> commonName = kept;
      case ORGANIZATION -> organization = kept;
      case EMAIL -> email = kept;
      default -> {}
    }
  }

  private Bytes text() {
    Bytes all;
    if (!commonName.isEmpty() && !organization.isEmpty()) {
      all = both();
    } else if (!commonName.isEmpty()) {
      all = commonName;
    } else {
      all = organization.isEmpty() ? email : organization;
    }
    int nul = all.indexOf(0, 0);
    return nul < 0 ? all : all.slice(0, nul);
  }

  /** The organization is left out where the common name begins with it, or nearly so. */
  private Bytes both() {
    boolean begins =
        commonName.startsWith(organization)
            || (commonName.size() >= COMMON_PREFIX
                && organization.size() >= COMMON_PREFIX
                && commonName.startsWith(organization.slice(0, COMMON_PREFIX)));
    return begins ? commonName : Bytes.concat(organization, SEPARATOR, commonName);
  }
}
