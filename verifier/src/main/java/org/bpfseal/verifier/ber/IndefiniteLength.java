// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.ber;

import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Finds the end of an element of indefinite length that the schema doesn't look into.
 *
 * <p>One pass over balanced end-of-contents octets. Here long tags are tolerated, and up to seven
 * length octets. Mirrors {@code asn1_find_indefinite_length()} of lib/asn1_decoder.c.
 */
final class IndefiniteLength {
  private static final int MOST_LENGTH_OCTETS = 7;

  private final BerReader reader;
  private final Bytes input;
  private final int end;
  private final String name;
  private int position;

  private IndefiniteLength(BerReader reader, Bytes input, int start, int end, String name) {
    this.reader = reader;
    this.input = input;
    this.position = start;
    this.end = end;
    this.name = name;
  }

  /** The length of the contents that begin at {@code start}, end-of-contents octets included. */
  static int find(BerReader reader, Bytes input, int start, int end, String name) throws Refusal {
    return new IndefiniteLength(reader, input, start, end, name).scan() - start;
  }

  private int scan() throws Refusal {
    int open = 1;
    while (open > 0) {
      need(2);
      int tag = input.at(position++);
      if (tag == 0) {
        if (input.at(position) != 0) {
          throw reader.refuse(
              Check.BER_END_OF_CONTENTS, name, position - 1, "00" + hex(input.at(position)));
        }
        position++;
        open--;
      } else if (skipDefinite(tag)) {
        open++;
      }
    }
    return position;
  }

  /** Skips one element; true if it is of indefinite length instead, and now entered. */
  private boolean skipDefinite(int tag) throws Refusal {
    if ((tag & 0x1f) == 0x1f) {
      skipTag();
    }
    int first = input.at(position++);
    if (first == 0x80) {
      if ((tag & 0x20) == 0) {
        throw reader.refuse(Check.BER_INDEFINITE_PRIMITIVE, name, position - 2, hex(tag));
      }
      return true;
    }
    long length = first < 0x80 ? first : longLength(first - 0x80);
    // Seven octets, so it is never negative.
    need(length);
    position += (int) length;
    return false;
  }

  private void skipTag() throws Refusal {
    int octet;
    do {
      need(2);
      octet = input.at(position++);
    } while ((octet & 0x80) != 0);
  }

  private long longLength(int octets) throws Refusal {
    if (octets > MOST_LENGTH_OCTETS) {
      throw reader.refuse(Check.BER_LENGTH_OCTETS, name, position - 1, MOST_LENGTH_OCTETS, octets);
    }
    need(octets);
    long length = 0;
    for (int i = 0; i < octets; i++) {
      length = length << 8 | input.at(position++);
    }
    return length;
  }

  private void need(long count) throws Refusal {
    if (count > end - position) {
      throw reader.refuse(Check.BER_OVERRUN, name, position, count, end - position);
    }
  }

  private static String hex(int octet) {
    return BerReader.tagText(octet);
  }
}
