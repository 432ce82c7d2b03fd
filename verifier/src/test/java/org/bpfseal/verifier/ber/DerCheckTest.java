// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.ber;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerCheckTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "3000",
        "30080201003003010100",
        "3106020100020101",
        "3109020100020101040105",
        "a003020180",
        "02020080",
        "0202ff7f",
        "010100",
        "0101ff",
        "0500",
        "0303040af0",
        "030100",
        "8000",
        "0603550403",
        "03020780",
        "3106020101040100",
      })
  void takesDer(String hex) {
    assertThat(DerCheck.find(Bytes.hex(hex))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0, a cut element",
    "30, 0, a cut element",
    "3001, 0, a cut element",
    "30020401, 2, a cut element",
    "300004, 2, bytes behind the end",
    "1f2000, 0, a tag number above 30",
    "30800000, 0, an indefinite length",
    "308100, 0, a length in more octets than it needs",
    "30030481ff, 2, a cut element",
    "3082000400000000, 0, a length in more octets than it needs",
    "3083000000, 0, a length that is cut or too long",
    "3082, 0, a length that is cut or too long",
    "1000, 0, a value of tag 10",
    "1100, 0, a value of tag 11",
    "2400, 0, a value in pieces",
    "3106020101020100, 5, a SET out of order",
    "3105040200010401, 6, a cut element",
    "0200, 0, a value of tag 02",
    "02020000, 0, a value of tag 02",
    "0202007f, 0, a value of tag 02",
    "0202ff80, 0, a value of tag 02",
    "010101, 0, a value of tag 01",
    "0100, 0, a value of tag 01",
    "05020000, 0, a value of tag 05",
    "0600, 0, a value of tag 06",
    "0300, 0, a value of tag 03",
    "030101, 0, a value of tag 03",
    "03020801, 0, a value of tag 03",
    "03020101, 0, a value of tag 03",
    "03020800, 0, a value of tag 03",
    "300105, 2, a cut element",
    "31050500020101, 4, a SET out of order",
  })
  void findsTheFirstFlaw(String hex, int offset, String what) {
    assertThat(DerCheck.find(Bytes.hex(hex)))
        .isEqualTo(Optional.of(new DerCheck.Flaw(offset, what)));
  }

  @ParameterizedTest
  @CsvSource({"048180, 128", "0481ff, 255", "04820100, 256", "04820102, 258"})
  void takesLongLengths(String header, int size) {
    assertThat(DerCheck.find(Bytes.hex(header + "bb".repeat(size)))).isEmpty();
  }

  /** 16 000 sets in each other: no stack overflows, and they are compared once. */
  @Test
  void deepNesting() {
    byte[] sets = new byte[64_000];
    int end = sets.length;
    for (int at = 0; at < end; at += 4) {
      int length = sets.length - at - 4;
      sets[at] = 0x31;
      sets[at + 1] = (byte) 0x82;
      sets[at + 2] = (byte) (length >> 8);
      sets[at + 3] = (byte) length;
    }
    assertThat(DerCheck.find(Bytes.owning(sets)))
        .map(DerCheck.Flaw::what)
        .contains("a length in more octets than it needs");
  }
}
