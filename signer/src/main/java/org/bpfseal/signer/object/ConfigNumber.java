// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.Locale;
import java.util.Optional;

/** Numbers of a kernel configuration, read as C's {@code strtoull()} with base 0 does. */
final class ConfigNumber {
  private ConfigNumber() {}

  /** The number, modulo 2^64, if the whole text is one. */
  static Optional<Long> parse(String text) {
    String digits = text.strip().toLowerCase(Locale.ROOT);
    if (digits.length() != text.stripLeading().length()) {
      return Optional.empty();
    }
    boolean negative = digits.startsWith("-");
    if (negative || digits.startsWith("+")) {
      digits = digits.substring(1);
    }
    int radix = 10;
    if (digits.startsWith("0x")) {
      radix = 16;
      digits = digits.substring(2);
    } else if (digits.startsWith("0") && digits.length() > 1) {
      radix = 8;
    }
    if (digits.startsWith("+") || digits.startsWith("-")) {
      return Optional.empty();
    }
    try {
      long value = Long.parseUnsignedLong(digits, radix);
      return Optional.of(negative ? -value : value);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Whether the number keeps its value in that many bytes. */
  static boolean fits(long value, int bytes, boolean signed) {
    if (bytes == Long.BYTES) {
      return true;
    }
    int bits = bytes * 8;
    long shifted = signed ? value + (1L << (bits - 1)) : value;
    return shifted >>> bits == 0;
  }
}
