// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.Random;

/** Makes times: valid ones, borders of each field, and forms that X.509 or the kernel forbids. */
final class TimeMaker {
  private static final int[] YEARS = {
    0, 1900, 1949, 1950, 1969, 1970, 1999, 2000, 2024, 2025, 2049, 2050, 2051, 2060, 2096, 2100,
    2400, 9999
  };
  private static final int[] DAYS = {0, 1, 15, 28, 29, 30, 31, 32};
  private static final int[] HOURS = {0, 12, 23, 24, 25};
  private static final int[] SIXTIETHS = {0, 1, 30, 59, 60, 61};
  private static final String[] ZONES = {
    "", "z", "ZZ", "+0000", "-0000", "+0100", "-1459", "+00", ".5Z", ".Z", ",1Z", " "
  };
  private static final String NO_DIGITS = " -+./:Z\0;";

  private final Random random;

  private TimeMaker(Random random) {
    this.random = random;
  }

  /** A time, odd in about every third case. */
  static Node time(Random random) {
    return new TimeMaker(random).make();
  }

  private boolean odd(int of) {
    return random.nextInt(of) == 0;
  }

  private Node make() {
    int year = odd(3) ? YEARS[random.nextInt(YEARS.length)] : 1970 + random.nextInt(130);
    boolean general = odd(10) ? random.nextBoolean() : year < 1950 || year > 2049;
    String text =
        (general ? "%04d".formatted(year) : "%02d".formatted(year % 100))
            + two(odd(8) ? random.nextInt(15) : 1 + random.nextInt(12))
            + two(odd(3) ? DAYS[random.nextInt(DAYS.length)] : 1 + random.nextInt(28))
            + two(odd(4) ? HOURS[random.nextInt(HOURS.length)] : random.nextInt(24))
            + two(sixtieth())
            + (odd(30) ? "" : two(sixtieth()))
            + (odd(12) ? ZONES[random.nextInt(ZONES.length)] : "Z");
    int tag = general ? Der.GENERALIZED_TIME : Der.UTC_TIME;
    return Der.text(odd(25) ? tag ^ 0x0f : tag, odd(25) ? misprinted(text) : text);
  }

  private int sixtieth() {
    return odd(6) ? SIXTIETHS[random.nextInt(SIXTIETHS.length)] : random.nextInt(60);
  }

  private static String two(int number) {
    return "%02d".formatted(number);
  }

  private String misprinted(String text) {
    int at = random.nextInt(text.length());
    char other = NO_DIGITS.charAt(random.nextInt(NO_DIGITS.length()));
    return text.substring(0, at) + other + text.substring(at + (odd(4) ? 0 : 1));
  }
}
