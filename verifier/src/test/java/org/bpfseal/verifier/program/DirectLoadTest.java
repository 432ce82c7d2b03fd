// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bpf.ProgramType;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Programs that are signed without a loader: how they are loaded, and which forms they may have.
 */
class DirectLoadTest {
  private static final String LEAST =
      "function f\ntype lsm\nattach-type 0\nflags 0x0\nmap-flags 0x0\n";
  private static final String MOST =
      """
      function open_guard.1
      type lsm
      attach-type 4294967295
      flags 0xffffffff
      map-flags 0x480
      target file_open
      license Dual BSD/GPL
      """;
  private static final int OFFSET = 0x1000;

  private static DirectLoad read(String text) throws FormatException {
    return DirectLoadReader.read(new Member("load", Bytes.utf8(text), OFFSET));
  }

  private static SignedProgram vector(String name) throws Exception {
    return SignedProgramReader.read(file("signed/programs/" + name + ".bpfs"));
  }

  private static Bytes file(String path) throws Exception {
    return Bytes.owning(Files.readAllBytes(Lab.vectors().resolve(path)));
  }

  @Test
  void everyFieldIsRead() throws Exception {
    assertThat(read(MOST))
        .isEqualTo(
            new DirectLoad(
                "open_guard.1",
                ProgramType.of("lsm").orElseThrow(),
                0xffff_ffffL,
                0xffff_ffffL,
                0x480,
                Optional.of("file_open"),
                "Dual BSD/GPL"));
    assertThat(read(LEAST).target()).isEmpty();
    assertThat(read(LEAST).license()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {LEAST, MOST})
  void writtenAgainItIsTheSame(String text) throws Exception {
    assertThat(read(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0x0, false", "0x10, true", "0xffffffef, false", "0xffffffff, true"})
  void sleepableIsBitFour(String flags, boolean sleepable) throws Exception {
    assertThat(read(LEAST.replace("\nflags 0x0", "\nflags " + flags)).isSleepable())
        .isEqualTo(sleepable);
  }

  @ParameterizedTest
  @CsvSource({
    "function f, function, 0",
    "type lsm, type nonsense, 11",
    "attach-type 0, attach-type 00, 20",
    "attach-type 0, attach-type 4294967296, 20",
    "'\nflags 0x0', '\nflags 0x00', 34",
    "map-flags 0x0, map-flags 0xA, 44",
    "map-flags 0x0, map-flags 0x100000000, 44",
    "map-flags 0x0, 'map-flags 0x0\nlicense ', 58",
    "map-flags 0x0, 'map-flags 0x0\nlicense MIT\ntarget late', 70",
  })
  void anotherSpellingIsRefusedWhereItBegins(String old, String wrong, int at) {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> read(LEAST.replace(old, wrong)))
        .withMessageContaining("load at byte " + (OFFSET + at) + ": expected ");
  }

  @Test
  void theFormThatCoversNoMapIsRefusedWithOne() throws Exception {
    SignedProgram good = vector("good-direct");
    Bytes value = Bytes.utf8("a value!");
    SignedForm newer = good.form(Generation.V7_3).orElseThrow();
    SignedForm older = good.form(Generation.V6_18).orElseThrow();
    assertThat(with(value, newer).forms()).containsExactly(newer);
    assertThat(with(Bytes.EMPTY, newer, older).forms()).containsExactly(newer, older);
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> with(value, newer, older));
    assertThatExceptionOfType(IllegalArgumentException.class).isThrownBy(() -> with(value, older));
    // A loader brings its own way to cover its blob.
    assertThat(new SignedProgram("name", value, List.of(older), Optional.empty()).forms())
        .containsExactly(older);
  }

  @Test
  void theReaderSaysWhichFormThatIs() {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> vector("format-direct-map"))
        .withMessageContaining("6.18/insns at byte ");
  }

  private static SignedProgram with(Bytes data, SignedForm... forms) throws Exception {
    Optional<DirectLoad> direct = Optional.of(read(LEAST));
    return new SignedProgram("name", data, direct, List.of(forms), Optional.empty());
  }
}
