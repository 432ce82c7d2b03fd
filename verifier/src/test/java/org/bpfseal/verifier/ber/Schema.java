// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.ber;

import org.bpfseal.verifier.Refusal;

/** What a schema wants, for {@link BerReaderTest}. */
enum Schema {
  ANY,
  OCTETS,
  /** A SEQUENCE of nothing. */
  EMPTY,
  /** A SEQUENCE of one. */
  HOLDING,
  MAYBE_HOLDING,
  NESTED,
  SET_OF,
  SET_OF_SETS,
  /** A SEQUENCE of INTEGER and one of the two times. */
  CHOICE,
  /** A SEQUENCE of optional [0], [1] of one, [2] and whatever follows. */
  OPTIONALS,
  /** A SEQUENCE of that with an absent [0] behind it, and a choice. */
  CHOICE_BEHIND,
  /** The same, if the inner SEQUENCE were compiled apart. */
  CHOICE_BEHIND_APART;

  String read(BerReader reader) throws Refusal {
    return switch (this) {
      case ANY -> text(reader.any("x"));
      case OCTETS -> text(reader.primitive(0x04, "x"));
      case EMPTY -> {
        reader.open(0x30, "x");
        yield text(reader.close());
      }
      case HOLDING -> {
        reader.open(0x30, "x");
        reader.any("y");
        yield text(reader.close());
      }
      case MAYBE_HOLDING -> {
        reader.open(0x30, "x");
        reader.optionalAny("y");
        yield text(reader.close());
      }
      case NESTED -> {
        reader.open(0x30, "a");
        String inner = HOLDING.read(reader);
        yield inner + "; " + text(reader.close());
      }
      case SET_OF -> setOf(reader);
      case SET_OF_SETS -> setOfSets(reader);
      case CHOICE -> choice(reader);
      case OPTIONALS -> optionals(reader);
      case CHOICE_BEHIND, CHOICE_BEHIND_APART -> behindAnother(reader);
    };
  }

  private String setOf(BerReader reader) throws Refusal {
    int count = 0;
    reader.openMany(0x31, "l");
    do {
      reader.primitive(0x02, "n");
      count++;
    } while (reader.more());
    return count + ": " + text(reader.close());
  }

  private String setOfSets(BerReader reader) throws Refusal {
    reader.openManyIf(0x31, "m");
    do {
      setOf(reader);
    } while (reader.more());
    return text(reader.close());
  }

  private String choice(BerReader reader) throws Refusal {
    reader.open(0x30, "x");
    reader.primitive(0x02, "n");
    if (reader.optional(0x17, "t").isEmpty() && reader.optional(0x18, "t").isEmpty()) {
      reader.requireChoice("t");
    }
    return text(reader.last());
  }

  private String optionals(BerReader reader) throws Refusal {
    reader.open(0x30, "x");
    String found = "";
    if (reader.openIf(0xa0, "a")) {
      found += "[0] ";
      reader.close();
    }
    if (reader.openManyIf(0xa1, "b")) {
      found += "[1] " + text(reader.any("c")) + " ";
      reader.close();
    }
    found += reader.optional(0x82, "d").map(Schema::text).orElse("no [2]");
    found += ", " + reader.optionalAny("e").map(Schema::text).orElse("nothing more");
    reader.close();
    return found;
  }

  private String behindAnother(BerReader reader) throws Refusal {
    reader.open(0x30, "a");
    reader.open(0x30, "b");
    reader.any("c");
    reader.openIf(0xa0, "d");
    if (this == CHOICE_BEHIND_APART) {
      reader.closeMatched();
    } else {
      reader.close();
    }
    reader.requireChoice("t");
    return text(reader.last());
  }

  private static String text(BerElement element) {
    return "%02x %d [%s] at %d"
        .formatted(
            element.tag(), element.headerLength(), element.contents().toHex(), element.offset());
  }
}
