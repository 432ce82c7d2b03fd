// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenReaderTest {
  private static final String NONCE = "00112233445566778899aabbccddeeff";
  private static final String CHALLENGE =
      "bpfseal-challenge 1\noperation stop\nlink 17 exec_guard/check_exec\nsequence 4\nnonce "
          + NONCE
          + "\n";

  /** A stop of link 17 with one byte of signature. */
  private static byte[] token() {
    byte[] file = new byte[201];
    SignedTokenReader.MAGIC.copyTo(file, 0);
    file[8] = 1;
    file[12] = 17;
    file[16] = 4;
    Bytes.hex(NONCE).copyTo(file, 24);
    Bytes.utf8("exec_guard/check_exec").copyTo(file, 72);
    file[200] = 0x30;
    return file;
  }

  @Test
  void challengeAndTokenSayTheSame() throws Exception {
    Token expected =
        new Token(
            Operation.STOP, 17, "exec_guard/check_exec", 4, Bytes.hex(NONCE), Optional.empty());
    assertThat(ChallengeReader.read(Bytes.utf8(CHALLENGE))).isEqualTo(expected);
    SignedToken signed = SignedTokenReader.read(Bytes.of(token()));
    assertThat(signed.token()).isEqualTo(expected);
    assertThat(signed.signature()).isEqualTo(Bytes.hex("30"));
    assertThat(expected.describe())
        .isEqualTo("a STOP for link 17 (exec_guard/check_exec) on boot 00112233…, sequence 4");
  }

  @Test
  void replaceHasADigest() throws Exception {
    String digest = "ab".repeat(32);
    String text = CHALLENGE.replace("stop", "replace") + "digest " + digest + "\n";
    assertThat(ChallengeReader.read(Bytes.utf8(text)).digest()).contains(Bytes.hex(digest));
    byte[] file = token();
    file[8] = 3;
    Bytes.hex(digest).copyTo(file, 40);
    assertThat(SignedTokenReader.read(Bytes.of(file)).token().digest()).contains(Bytes.hex(digest));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0x41, 0",
    "7, 2, 0",
    "8, 0, 8",
    "8, 4, 8",
    "9, 1, 8",
    "12, 0, 12",
    "40, 1, 40",
    "71, 1, 40",
    "72, 0, 72",
    "72, 0x20, 72",
    "80, 0x80, 72",
    "199, 1, 72",
    "100, 1, 72",
  })
  void aTokenWithAnotherByteIsRefused(int place, String value, long offset) {
    byte[] file = token();
    file[place] = (byte) (int) Integer.decode(value);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> SignedTokenReader.read(Bytes.of(file)))
        .satisfies(fault -> assertThat(fault.offset()).isEqualTo(offset));
  }

  @ParameterizedTest
  @CsvSource({"0", "199", "200", "4297"})
  void aTokenOfAnotherSizeIsRefused(int size) {
    byte[] file = new byte[size];
    System.arraycopy(token(), 0, file, 0, Math.min(size, 201));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> SignedTokenReader.read(Bytes.of(file)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "challenge 1|challenge 2|line 1",
        "stop|Stop|line 2",
        "stop|replace|line 6",
        "link 17|link 0|line 3",
        "link 17|link 4294967296|line 3",
        "link 17|link 017|line 3",
        "exec_guard/check|exec guard/check|line 3",
        "sequence 4|sequence 18446744073709551616|line 4",
        "sequence 4|sequence -1|line 4",
        "00112233|0011223g|line 5",
        "00112233|0011223|line 5",
        "nonce|digest|line 5",
      })
  void aChallengeWithAnotherWordIsRefusedAtItsLine(String word, String other, String line) {
    Bytes text = Bytes.utf8(CHALLENGE.replaceFirst(word, other));
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> ChallengeReader.read(text))
        .satisfies(fault -> assertThat(fault.path()).isEqualTo(line));
  }

  @ParameterizedTest
  @CsvSource({"' '", "'\r'", "'digest 00'", "'x\n'"})
  void nothingFollowsAChallenge(String more) {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> ChallengeReader.read(Bytes.utf8(CHALLENGE + more)))
        .satisfies(fault -> assertThat(fault.path()).isEqualTo("line 6"));
  }
}
