// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.ber;

import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * The length octets of an element as the kernel reads them: one, or one that counts at most two
 * more, in any form; or the indefinite one, of a constructed tag only.
 *
 * @param octets how many they are
 * @param value bytes of contents; 0 for an indefinite length
 */
record BerLength(int octets, int value, boolean indefinite) {
  private static final int CONSTRUCTED = 0x20;
  private static final int INDEFINITE = 0x80;
  private static final int MOST_OCTETS = 2;
  private static final int END_OF_CONTENTS = 2;

  /**
   * Reads a length, whose first octet is there, and asks for its contents.
   *
   * @param at of the first octet
   * @param end of what may be read
   */
  static BerLength read(BerReader reader, Bytes input, int at, int end, String name)
      throws Refusal {
    int first = input.at(at);
    int tag = input.at(at - 1);
    if (first == INDEFINITE) {
      if ((tag & CONSTRUCTED) == 0) {
        String text = BerReader.tagText(tag);
        throw reader.refuse(Check.BER_INDEFINITE_PRIMITIVE, name, at - 1, text);
      }
      need(reader, END_OF_CONTENTS, at + 1, end, name);
      return new BerLength(1, 0, true);
    }
    if (first < INDEFINITE) {
      need(reader, first, at + 1, end, name);
      return new BerLength(1, first, false);
    }
    int more = first - INDEFINITE;
    if (more > MOST_OCTETS) {
      throw reader.refuse(Check.BER_LENGTH_OCTETS, name, at, MOST_OCTETS, more);
    }
    need(reader, more, at + 1, end, name);
    int value = input.at(at + 1);
    if (more == MOST_OCTETS) {
      value = value << 8 | input.at(at + 2);
    }
    need(reader, value, at + 1 + more, end, name);
    return new BerLength(1 + more, value, false);
  }

  private static void need(BerReader reader, int count, int at, int end, String name)
      throws Refusal {
    if (count > end - at) {
      throw reader.refuse(Check.BER_OVERRUN, name, at, count, end - at);
    }
  }
}
