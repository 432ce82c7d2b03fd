// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.ber;

import java.util.Optional;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.Place;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Walks BER exactly as far, and with the same oddities, as the kernel's table-driven decoder.
 *
 * <p>A cursor with a stack of open constructed elements; the schema is in the calls. The oddities
 * that matter: at most two length octets, in any form; a constructed element of the schema may have
 * a primitive tag; lengths may be indefinite; bytes behind the outermost element are never seen; a
 * CHOICE that is missing at the end of a definite element may pass ({@link #requireChoice}).
 *
 * <p>Works in time linear in the input. Mirrors {@code asn1_ber_decoder()} of lib/asn1_decoder.c,
 * the same from Linux 6.12 to 7.3.
 */
public final class BerReader {
  /** Bytes that the decoder takes. */
  public static final int LIMIT = 65535;

  private static final int CONSTRUCTED = 0x20;
  private static final int LONG_TAG = 0x1f;

  private final Bytes input;
  private final BerPath path;
  private final long base;
  private final BerStack stack = new BerStack();
  private int position;
  private int end;
  private int tag;
  private int headerLength;
  private int length;
  private int contents;
  private boolean indefinite;

  // Whether the last comparison matched. It outlives a choice that had nothing left to compare.
  private boolean matched;

  private BerReader(Bytes input, String name, long base) {
    this.input = input;
    this.path = new BerPath(name);
    this.base = base;
    this.end = input.size();
  }

  /**
   * A reader of one input.
   *
   * @param name what the input is, the first part of every path
   * @param base offset of its first byte in the file or message that it is part of
   * @throws Refusal with EMSGSIZE for more than {@link #LIMIT} bytes
   */
  public static BerReader of(Bytes input, String name, long base) throws Refusal {
    if (input.size() > LIMIT) {
      throw Refusal.at(Check.BER_LONG, name, base + LIMIT, input.size());
    }
    return new BerReader(input, name, base);
  }

  /** A required element that the schema calls primitive. */
  public BerElement primitive(int wanted, String name) throws Refusal {
    return leaf(wanted, name);
  }

  /** An optional element that the schema calls primitive. */
  public Optional<BerElement> optional(int wanted, String name) throws Refusal {
    return atEnd() || !nextIs(wanted, name) ? Optional.empty() : Optional.of(leaf(wanted, name));
  }

  /** A required element of any kind, whose contents are not looked into. */
  public BerElement any(String name) throws Refusal {
    header(name);
    matched = true;
    length(name);
    if (indefinite) {
      length = IndefiniteLength.find(this, input, contents, end, name);
    }
    position = contents + length;
    return element();
  }

  /**
   * An optional element of any kind. At the end of a parent of indefinite length it swallows the
   * end-of-contents octets, as in the kernel.
   */
  public Optional<BerElement> optionalAny(String name) throws Refusal {
    return atEnd() ? Optional.empty() : Optional.of(any(name));
  }

  /** Enters a required constructed element. */
  public void open(int wanted, String name) throws Refusal {
    header(name);
    if (!fits(wanted)) {
      throw wrongTag(wanted, name);
    }
    enter(name);
  }

  /** Enters a constructed element if it is there. */
  public boolean openIf(int wanted, String name) throws Refusal {
    if (atEnd() || !nextIs(wanted, name)) {
      return false;
    }
    open(wanted, name);
    return true;
  }

  /** Enters a required constructed element that repeats its contents at least once. */
  public void openMany(int wanted, String name) throws Refusal {
    open(wanted, name);
    path.count();
  }

  /** Enters a constructed element that repeats its contents, if it is there. */
  public boolean openManyIf(int wanted, String name) throws Refusal {
    if (!openIf(wanted, name)) {
      return false;
    }
    path.count();
    return true;
  }

  /**
   * After one pass through the contents: true if there is another, else the element is to be
   * closed.
   */
  public boolean more() throws Refusal {
    boolean again =
        stack.topIsIndefinite() ? remaining() >= 2 && input.at(position) != 0 : position < end;
    if (again) {
      path.next();
    }
    return again;
  }

  /** Leaves a constructed element whose contents must be used up. */
  public BerElement close() throws Refusal {
    int start = stack.topStart();
    headerLength = stack.topHeaderLength();
    contents = start;
    if (stack.topIsIndefinite()) {
      length = position - start;
      endOfContents();
      end = stack.pop();
    } else {
      if (position != end) {
        throw refuse(Check.BER_LEFTOVER, "", position, end - position);
      }
      length = end - start;
      end = stack.pop();
    }
    path.leave();
    tag = input.at(contents - headerLength);
    return element();
  }

  /** Leaves an element that the kernel's schema compiles out of line: it counts as a match. */
  public BerElement closeMatched() throws Refusal {
    BerElement element = close();
    matched = true;
    return element;
  }

  /**
   * Refuses a required CHOICE none of whose alternatives was there. It asks the last comparison
   * that was really made, so one at the end of a definite element is not missed.
   */
  public void requireChoice(String name) throws Refusal {
    if (!matched) {
      throw refuse(Check.BER_TAG, name, position, "of one alternative", tagText(tag));
    }
  }

  /** The element that was decoded last: what an action on a missing CHOICE is given. */
  public BerElement last() {
    return element();
  }

  /** True if nothing is left in the innermost definite element. */
  public boolean atEnd() {
    return position == end;
  }

  /** Bytes behind the outermost element, once that is closed. */
  public int trailing() {
    return input.size() - position;
  }

  /** A refusal of an element at its contents. */
  public Refusal refuse(Check check, String name, BerElement at, Object... values) {
    return Refusal.at(check, path.text(name), at.offset() + at.headerLength(), values);
  }

  Refusal refuse(Check check, String name, int at, Object... values) {
    return Refusal.at(check, path.text(name), base + at, values);
  }

  /** The place of an element of the innermost open one, where its contents begin. */
  public Place place(String name, BerElement at) {
    return new Place(path.text(name), at.offset() + at.headerLength());
  }

  /** The path of an element of the innermost open one. */
  public String path(String name) {
    return path.text(name);
  }

  static String tagText(int tag) {
    return "%02x".formatted(tag);
  }

  private BerElement leaf(int wanted, String name) throws Refusal {
    header(name);
    if (tag != wanted) {
      throw wrongTag(wanted, name);
    }
    matched = true;
    length(name);
    position = contents + length;
    return element();
  }

  /** Peeks: true if the next element has that tag; its first two octets must be there. */
  private boolean nextIs(int wanted, String name) throws Refusal {
    header(name);
    boolean same = (wanted & CONSTRUCTED) != 0 ? fits(wanted) : tag == wanted;
    position--;
    if (!same) {
      matched = false;
    }
    return same;
  }

  private boolean fits(int wanted) {
    return (tag | CONSTRUCTED) == wanted;
  }

  private void header(String name) throws Refusal {
    if (remaining() < 2) {
      throw refuse(Check.BER_OVERRUN, name, position, 2, remaining());
    }
    tag = input.at(position);
    if ((tag & LONG_TAG) == LONG_TAG) {
      throw refuse(Check.BER_LONG_TAG, name, position, tagText(tag));
    }
    position++;
  }

  private void length(String name) throws Refusal {
    BerLength read = BerLength.read(this, input, position, end, name);
    indefinite = read.indefinite();
    length = read.value();
    headerLength = 1 + read.octets();
    position += read.octets();
    contents = position;
  }

  private void enter(String name) throws Refusal {
    matched = true;
    length(name);
    path.enter(name);
    stack.push(contents, headerLength, end, indefinite);
    if (!indefinite) {
      end = contents + length;
    }
  }

  private void endOfContents() throws Refusal {
    if (remaining() < 2) {
      throw refuse(Check.BER_OVERRUN, "", position, 2, remaining());
    }
    if (input.at(position) != 0 || input.at(position + 1) != 0) {
      String found = tagText(input.at(position)) + tagText(input.at(position + 1));
      throw refuse(Check.BER_END_OF_CONTENTS, "", position, found);
    }
    position += 2;
  }

  private int remaining() {
    return end - position;
  }

  private Refusal wrongTag(int wanted, String name) {
    return refuse(Check.BER_TAG, name, position - 1, tagText(wanted), tagText(tag));
  }

  private BerElement element() {
    int start = contents - headerLength;
    return new BerElement(tag, input.slice(start, contents + length), headerLength, base + start);
  }
}
