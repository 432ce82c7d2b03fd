// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.ber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.Place;
import org.bpfseal.verifier.Refusal;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * lib/asn1_decoder.c, rule by rule: what is read, or which byte is refused and why.
 *
 * <p>Rows: what it shows | input | schema | tag, octets of the header, contents and offset of what
 * was read, or the refusal. The input begins at byte 100.
 */
class BerReaderTest {
  private static final long BASE = 100;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing                   | ''     | ANY    | in / x at byte 100: expected 2 more bytes, found 0
          a tag                     | 30     | ANY    | in / x at byte 100: expected 2 more bytes, found 1
          largest tag number        | 1e00   | ANY    | 1e 2 [] at 100
          largest class             | fe00   | ANY    | fe 2 [] at 100
          long tag                  | 3f0100 | ANY    | in / x at byte 100: expected a tag number below 31, found 3f
          another tag               | 0500   | OCTETS | in / x at byte 100: expected tag 04, found 05
          constructed for primitive | 2400   | OCTETS | in / x at byte 100: expected tag 04, found 24
          primitive for constructed | 1000   | EMPTY  | 10 2 [] at 100
          another constructed one   | 3100   | EMPTY  | in / x at byte 100: expected tag 30, found 31
          zero                    | 0400         | OCTETS | 04 2 [] at 100
          one                     | 0401aa       | OCTETS | 04 2 [aa] at 100
          one is missing          | 0401         | OCTETS | in / x at byte 102: expected 1 more bytes, found 0
          one of three is missing | 0403aabb     | ANY    | in / x at byte 102: expected 3 more bytes, found 2
          one octet, not needed   | 048101aa     | OCTETS | 04 3 [aa] at 100
          two octets, not needed  | 04820001aa   | OCTETS | 04 4 [aa] at 100
          long form of zero       | 0481000500   | OCTETS | 04 3 [] at 100
          three octets            | 0483000001aa | OCTETS | in / x at byte 101: expected at most 2 length octets, found 3
          length is missing       | 0481         | OCTETS | in / x at byte 102: expected 1 more bytes, found 0
          half of it is missing   | 048200       | OCTETS | in / x at byte 102: expected 2 more bytes, found 1
          """)
  void elements(String name, String hex, Schema schema, String expected) {
    assertThat(outcome(hex, schema)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing inside                | 30800000                 | ANY | 30 2 [0000] at 100
          bytes behind                  | 308000000500             | ANY | 30 2 [0000] at 100
          an element                    | 30800401aa0000           | ANY | 30 2 [0401aa0000] at 100
          two levels                    | 30803080000004000000     | ANY | 30 2 [3080000004000000] at 100
          length in seven octets        | 3080048700000000000001aa0000 | ANY | 30 2 [048700000000000001aa0000] at 100
          in eight                      | 308004880000             | ANY | in / x at byte 103: expected at most 7 length octets, found 8
          largest length                | 308004877fffffffffffff   | ANY | in / x at byte 111: expected 36028797018963967 more bytes, found 0
          length is missing             | 3080048700000000         | ANY | in / x at byte 104: expected 7 more bytes, found 4
          contents are missing          | 30800402aa               | ANY | in / x at byte 104: expected 2 more bytes, found 1
          no end                        | 30800401aa               | ANY | in / x at byte 105: expected 2 more bytes, found 0
          half an end                   | 308000                   | ANY | in / x at byte 102: expected 2 more bytes, found 1
          half an end behind an element | 3080040000               | ANY | in / x at byte 104: expected 2 more bytes, found 1
          wrong end                     | 30800001                 | ANY | in / x at byte 102: expected the end-of-contents octets, found 0001
          primitive inside              | 3080048000000000         | ANY | in / x at byte 102: indefinite length on the primitive tag 04
          long tag                      | 30801f8101000000         | ANY | 30 2 [1f8101000000] at 100
          long constructed tag          | 30803f018000000000       | ANY | 30 2 [3f018000000000] at 100
          long tag without end          | 30801f8181               | ANY | in / x at byte 104: expected 2 more bytes, found 1
          long tag without length       | 30801f01                 | ANY | in / x at byte 103: expected 2 more bytes, found 1
          """)
  void indefiniteLengthThatNobodyLooksInto(
      String name, String hex, Schema schema, String expected) {
    assertThat(outcome(hex, schema)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          leftover                       | 30020500             | EMPTY         | in / x at byte 102: expected the end of the element, found 2 more bytes
          inside a shorter parent        | 30030402aabb         | HOLDING       | in / x / y at byte 104: expected 2 more bytes, found 1
          nested                         | 300430020500         | NESTED        | 30 2 [0500] at 102; 30 2 [30020500] at 100
          holding | 30030401aa | HOLDING | 30 2 [0401aa] at 100
          half an end, one is missing | 308000 | HOLDING | in / x at byte 102: expected 2 more bytes, found 1
          long header                    | 30810430020500       | NESTED        | 30 2 [0500] at 103; 30 3 [30020500] at 100
          both indefinite                | 30803080050000000000 | NESTED        | 30 2 [0500] at 102; 30 2 [308005000000] at 100
          inner indefinite               | 3006308005000000     | NESTED        | 30 2 [0500] at 102; 30 2 [308005000000] at 100
          longer than its parent         | 300430030500aa       | NESTED        | in / a / x at byte 104: expected 3 more bytes, found 2
          half an end, nothing before it | 308000               | EMPTY         | in / x at byte 102: expected 2 more bytes, found 1
          no end                         | 30800500             | HOLDING       | in / x at byte 104: expected 2 more bytes, found 0
          half an end                    | 3080050000           | HOLDING       | in / x at byte 104: expected 2 more bytes, found 1
          end not zero                   | 308005000100         | HOLDING       | in / x at byte 104: expected the end-of-contents octets, found 0100
          second octet not zero          | 308005000002         | HOLDING       | in / x at byte 104: expected the end-of-contents octets, found 0002
          end taken for an element       | 30800000             | MAYBE_HOLDING | in / x at byte 104: expected 2 more bytes, found 0
          optional element and end       | 308005000000         | MAYBE_HOLDING | 30 2 [0500] at 100
          no optional element            | 3000                 | MAYBE_HOLDING | 30 2 [] at 100
          """)
  void constructed(String name, String hex, Schema schema, String expected) {
    assertThat(outcome(hex, schema)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          one                           | 3103020101               | SET_OF      | 1: 31 2 [020101] at 100
          two                           | 3106020101020102         | SET_OF      | 2: 31 2 [020101020102] at 100
          none                          | 3100                     | SET_OF      | in / l[0] / n at byte 102: expected 2 more bytes, found 0
          second is another             | 31050201010500           | SET_OF      | in / l[1] / n at byte 105: expected tag 02, found 05
          indefinite, none              | 31800000                 | SET_OF      | in / l[0] / n at byte 102: expected tag 02, found 00
          indefinite, one               | 31800201010000           | SET_OF      | 1: 31 2 [020101] at 100
          indefinite, two               | 31800201010201020000     | SET_OF      | 2: 31 2 [020101020102] at 100
          indefinite, no end            | 3180020101               | SET_OF      | in / l[0] at byte 105: expected 2 more bytes, found 0
          indefinite, half an end       | 318002010100             | SET_OF      | in / l[0] at byte 105: expected 2 more bytes, found 1
          indefinite, one octet         | 318002010105             | SET_OF      | in / l[0] at byte 105: expected 2 more bytes, found 1
          indefinite, wrong end         | 31800201010001           | SET_OF      | in / l[0] at byte 105: expected the end-of-contents octets, found 0001
          indefinite, second is another | 31800201010500           | SET_OF      | in / l[1] / n at byte 105: expected tag 02, found 05
          inner list                    | 310731050201010500       | SET_OF_SETS | in / m[0] / l[1] / n at byte 107: expected tag 02, found 05
          outer list                    | 310a31060201010201020500 | SET_OF_SETS | in / m[1] / l at byte 110: expected tag 31, found 05
          """)
  void lists(String name, String hex, Schema schema, String expected) {
    assertThat(outcome(hex, schema)).isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          no option | 3000 | OPTIONALS | no [2], nothing more
          first option | 3002a000 | OPTIONALS | [0] no [2], nothing more
          second option | 3005a103040105 | OPTIONALS | [1] 04 2 [05] at 104 no [2], nothing more
          third option | 3003820105 | OPTIONALS | 82 2 [05] at 102, nothing more
          something more | 30020500 | OPTIONALS | no [2], 05 2 [] at 102
          all | 300ba000a10304010582000500 | OPTIONALS | [0] [1] 04 2 [05] at 106 82 2 [] at 109, 05 2 [] at 111
          first                           | 30050201011700   | CHOICE              | 17 2 [] at 105
          second                          | 30050201011800   | CHOICE              | 18 2 [] at 105
          neither                         | 30050201010500   | CHOICE              | in / x / t at byte 105: expected tag of one alternative, found 05
          nothing left, so not missed     | 3003020101       | CHOICE              | 02 2 [01] at 102
          one octet left                  | 300402010117     | CHOICE              | in / x / t at byte 105: expected 2 more bytes, found 1
          missed by the comparison before | 3006308005000000 | CHOICE_BEHIND       | in / a / t at byte 108: expected tag of one alternative, found 30
          not missed                      | 3006308005000000 | CHOICE_BEHIND_APART | 30 2 [0500] at 102
          """)
  void choices(String name, String hex, Schema schema, String expected) {
    assertThat(outcome(hex, schema)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"047f, 127", "0480, -1", "048180, 128", "0481ff, 255", "04820102, 258"})
  void lengthForms(String header, int size) {
    String whole = header + "bb".repeat(Math.max(0, size));
    String read = "04 " + header.length() / 2 + " [" + "bb".repeat(Math.max(0, size)) + "] at 100";
    String refused = "in / x at byte 100: indefinite length on the primitive tag 04";
    assertThat(outcome(whole, Schema.OCTETS)).isEqualTo(size < 0 ? refused : read);
    if (size > 0) {
      assertThat(outcome("3080" + whole + "0000", Schema.ANY))
          .isEqualTo("30 2 [" + whole + "0000] at 100");
      assertThat(outcome(whole.substring(2), Schema.OCTETS)).startsWith("in / x at byte");
      String shorter = whole.substring(0, whole.length() - 2);
      assertThat(outcome(shorter, Schema.OCTETS))
          .endsWith("expected %d more bytes, found %d".formatted(size, size - 1));
    }
  }

  @Test
  void placesAreWhereContentsBegin() throws Refusal {
    BerReader reader = BerReader.of(Bytes.hex("3004048101aa"), "in", BASE);
    reader.open(0x30, "");
    BerElement element = reader.any("x");
    assertThat(reader.path("y")).isEqualTo("in / y");
    assertThat(reader.place("y", element)).isEqualTo(new Place("in / y", 105));
    assertThat(reader.refuse(Check.BER_LEFTOVER, "y", element, 1))
        .hasMessage("in / y at byte 105: expected the end of the element, found 1 more bytes");
  }

  @Test
  void bytesBehindTheOutermostElementAreCounted() throws Refusal {
    BerReader reader = BerReader.of(Bytes.hex("30020500aabbcc"), "in", 0);
    Schema.HOLDING.read(reader);
    assertThat(reader.trailing()).isEqualTo(3);
    assertThat(reader.last().tagText()).isEqualTo("30");
  }

  @Test
  void atMost65535Bytes() throws Refusal {
    assertThat(BerReader.of(Bytes.owning(new byte[65535]), "in", BASE).atEnd()).isFalse();
    Refusal refusal =
        catchThrowableOfType(
            Refusal.class, () -> BerReader.of(Bytes.owning(new byte[65536]), "in", BASE));
    assertThat(refusal.getMessage())
        .isEqualTo("in at byte 65635: 65536 bytes, the decoder takes 65535");
  }

  private static String outcome(String hex, Schema schema) {
    try {
      return schema.read(BerReader.of(Bytes.hex(hex), "in", BASE));
    } catch (Refusal refusal) {
      return refusal.getMessage();
    }
  }
}
