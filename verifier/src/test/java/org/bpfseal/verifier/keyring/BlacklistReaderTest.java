// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists as CONFIG_SYSTEM_BLACKLIST_HASH_LIST names them, and by hand. */
class BlacklistReaderTest {
  @Test
  void entriesWithAndWithoutQuotesBetweenBlanksCommasAndComments() throws FormatException {
    String list = "# revoked in May\n\"tbs:00ff\", bin:0123\n\ttbs:ab# no more\n,";
    assertThat(BlacklistReader.read(Bytes.utf8(list)))
        .containsExactly("tbs:00ff", "bin:0123", "tbs:ab");
    assertThat(BlacklistReader.read(Bytes.utf8("bin:0123"))).containsExactly("bin:0123");
    assertThat(BlacklistReader.read(Bytes.EMPTY)).isEmpty();
    assertThat(BlacklistReader.read(Bytes.utf8("# nothing\n"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "tbs:0, 0",
    "tbs:AB, 0",
    "tbs:, 0",
    "abc:00, 0",
    "'tbs:00,sha:00', 7",
    "'tbs:00 \"bin:00', 7"
  })
  void theFirstWordThatIsNoEntry(String list, int offset) {
    FormatException refused =
        catchThrowableOfType(FormatException.class, () -> BlacklistReader.read(Bytes.utf8(list)));
    assertThat(refused.offset()).isEqualTo(offset);
  }

  @Test
  void aHashHasAtMost64Octets() throws FormatException {
    String longest = "tbs:" + "0f".repeat(64);
    assertThat(BlacklistReader.read(Bytes.utf8(longest))).containsExactly(longest);
    assertThat(
            catchThrowableOfType(
                FormatException.class, () -> BlacklistReader.read(Bytes.utf8(longest + "00"))))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tbs:", "bin:00", "tbs:zz"})
  void recognisesTheBeginOfAnEntry(String text) {
    assertThat(BlacklistReader.recognises(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "tbs", "hash", "\"tbs:00\""})
  void recognisesNothingElse(String text) {
    assertThat(BlacklistReader.recognises(text)).isFalse();
  }
}
