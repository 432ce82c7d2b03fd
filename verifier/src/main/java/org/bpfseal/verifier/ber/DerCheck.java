// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.ber;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Finds where bytes that the kernel's decoder takes are no DER: ITU-T X.690, sections 10 and 11.
 *
 * <p>Knows no schema, so implicit tags hide what is behind them; values are judged as far as their
 * universal tag says. Time is linear, memory as deep as the nesting; nothing recurses.
 */
public final class DerCheck {
  private static final int CONSTRUCTED = 0x20;
  private static final int LONG_TAG = 0x1f;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int FIRST_CONTEXT = 0x80;

  private final Bytes input;
  private final Deque<Frame> open = new ArrayDeque<>();
  private int position;
  private int contents;
  private int end;

  private DerCheck(Bytes input) {
    this.input = input;
  }

  /**
   * What is no DER.
   *
   * @param offset of the element in the input
   */
  public record Flaw(int offset, String what) {}

  /** An open element; of a SET, also its element before. */
  private static final class Frame {
    private final int end;
    private final boolean ordered;
    private Bytes previous = Bytes.EMPTY;

    Frame(int end, boolean ordered) {
      this.end = end;
      this.ordered = ordered;
    }
  }

  /** The first flaw in one element with nothing behind it. */
  public static Optional<Flaw> find(Bytes input) {
    return new DerCheck(input).find();
  }

  private Optional<Flaw> find() {
    do {
      int start = position;
      Optional<String> flaw = element();
      if (flaw.isPresent()) {
        return Optional.of(new Flaw(start, flaw.get()));
      }
      while (!open.isEmpty() && open.peek().end == position) {
        open.pop();
      }
    } while (!open.isEmpty());
    return position == input.size()
        ? Optional.empty()
        : Optional.of(new Flaw(position, "bytes behind the end"));
  }

  /** Takes one element, or the header of a constructed one. */
  private Optional<String> element() {
    Optional<String> flaw = header();
    if (flaw.isPresent()) {
      return flaw;
    }
    Bytes encoded = input.slice(position, end);
    Frame parent = open.peek();
    if (parent != null && parent.ordered) {
      if (isAfter(parent.previous, encoded)) {
        return Optional.of("a SET out of order");
      }
      parent.previous = encoded;
    }
    int tag = encoded.at(0);
    if ((tag & CONSTRUCTED) == 0) {
      Optional<String> odd = value(tag, input.slice(contents, end));
      position = end;
      return odd;
    }
    if (tag < FIRST_CONTEXT && tag != SEQUENCE && tag != SET) {
      return Optional.of("a value in pieces");
    }
    open.push(new Frame(end, tag == SET));
    position = contents;
    return Optional.empty();
  }

  private Optional<String> header() {
    int limit = open.isEmpty() ? input.size() : open.element().end;
    if (limit - position < 2) {
      return Optional.of("a cut element");
    }
    if ((input.at(position) & LONG_TAG) == LONG_TAG) {
      return Optional.of("a tag number above 30");
    }
    int first = input.at(position + 1);
    contents = position + 2;
    int length = first;
    if (first == 0x80) {
      return Optional.of("an indefinite length");
    }
    if (first > 0x80) {
      int octets = first - 0x80;
      if (octets > 2 || octets > limit - contents) {
        return Optional.of("a length that is cut or too long");
      }
      length = octets == 1 ? input.at(contents) : input.at(contents) << 8 | input.at(contents + 1);
      contents += octets;
      if (length < (octets == 1 ? 0x80 : 0x100)) {
        return Optional.of("a length in more octets than it needs");
      }
    }
    end = contents + length;
    return length > limit - contents ? Optional.of("a cut element") : Optional.empty();
  }

  private static Optional<String> value(int tag, Bytes value) {
    boolean good =
        switch (tag) {
          case 0x01 -> value.size() == 1 && (value.at(0) == 0 || value.at(0) == 0xff);
          case 0x02 -> isShortest(value);
          case 0x03 -> isPadded(value);
          case 0x05 -> value.isEmpty();
          case 0x06 -> !value.isEmpty();
          case SEQUENCE & ~CONSTRUCTED, SET & ~CONSTRUCTED -> false;
          default -> true;
        };
    return good ? Optional.empty() : Optional.of("a value of tag %02x".formatted(tag));
  }

  private static boolean isShortest(Bytes integer) {
    if (integer.size() < 2) {
      return integer.size() == 1;
    }
    int sign = integer.at(0) << 1 | integer.at(1) >> 7;
    return sign != 0 && sign != 0x1ff;
  }

  private static boolean isPadded(Bytes bits) {
    if (bits.size() < 2) {
      return bits.size() == 1 && bits.at(0) == 0;
    }
    int unused = bits.at(0);
    return unused < 8 && (bits.at(bits.size() - 1) & ((1 << unused) - 1)) == 0;
  }

  /** As octet strings; where one begins with the other, the longer one comes last. */
  private static boolean isAfter(Bytes one, Bytes other) {
    int at = one.buffer().mismatch(other.buffer());
    if (at < 0 || at == one.size()) {
      return false;
    }
    return at == other.size() || one.at(at) > other.at(at);
  }
}
