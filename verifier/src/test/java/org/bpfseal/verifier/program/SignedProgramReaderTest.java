// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.bpfseal.testing.Lab;
import org.bpfseal.testing.SignedVector;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SignedProgramReaderTest {
  static List<SignedVector> all() {
    return SignedVector.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void readsWhatIsASignedProgramAndRefusesTheRest(SignedVector vector) throws Exception {
    Bytes file = Bytes.owning(Files.readAllBytes(vector.program()));
    if (vector.verdicts().containsValue(SignedVector.FORMAT)) {
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(() -> SignedProgramReader.read(file))
          .withMessageStartingWith("bpfs: ");
      return;
    }
    SignedProgram program = SignedProgramReader.read(file);
    for (Generation generation : Generation.values()) {
      boolean none = SignedVector.NO_FORM.equals(vector.verdicts().get(generation.id()));
      assertThat(program.form(generation).isEmpty()).isEqualTo(none);
    }
  }

  @Test
  void partsAreThoseOfTheFile() throws Exception {
    SignedProgram program = SignedProgramReader.read(vector("good-with-object"));
    assertThat(program.name()).isEqualTo("socket-filter");
    assertThat(program.data().size()).isEqualTo(0x770);
    assertThat(program.forms())
        .extracting(form -> form.insns().size())
        .containsExactly(105 * 8, 133 * 8);
    assertThat(program.object())
        .isEqualTo(Optional.of(object("objects/clang-19/socket-filter.bpf.o")));
  }

  /** One byte of the archive's frame changed: never a second spelling of the same program. */
  @ParameterizedTest
  @CsvSource({
    "0, 1, 'bpfseal-program at byte 0: expected magic \"070701\", found 6 bytes 313730373031'",
    "111, x, 'bpfseal-program at byte 110: expected name \"bpfseal-program\", found 16 bytes'",
    "6, 1, bpfseal-program at byte 6: expected inode 0x1",
    "13, 2, bpfseal-program at byte 6: expected inode 0x1",
    "20, C, bpfseal-program at byte 14: expected mode",
    "37, 1, bpfseal-program at byte 30: expected gid",
    "45, 2, bpfseal-program at byte 38: expected links",
    "128, 2, bpfseal-program at byte 128: expected version 1",
    "54, f, bpfseal-program at byte 128: expected 4026531842 more bytes",
    "101, 9, bpfseal-program at byte 94: expected name size 0x10",
    "109, 1, bpfseal-program at byte 102: expected check",
    "126, x, bpfseal-program at byte 126: expected zeros",
    "130, x, bpfseal-program at byte 130: expected zeros",
  })
  void refusesAnotherSpelling(int at, char byteThere, String message) throws Exception {
    byte[] changed = vector("good").toArray();
    changed[at] = (byte) byteThere;
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> SignedProgramReader.read(Bytes.owning(changed)))
        .withMessageContaining(message);
  }

  /** No prefix of a signed program is one. */
  @Test
  void refusesEachCut() throws Exception {
    Bytes file = vector("good");
    for (int size = 0; size < file.size(); size++) {
      Bytes cut = file.slice(0, size);
      assertThatExceptionOfType(FormatException.class)
          .isThrownBy(() -> SignedProgramReader.read(cut));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a, true",
    "exec_guard-2.x, true",
    "-a, false",
    ".a, false",
    "'', false",
    "a/b, false",
    "a b, false",
    "ä, false",
    "'a\n', false"
  })
  void namesAreFileNames(String name, boolean good) {
    assertThat(SignedProgram.isName(name)).isEqualTo(good);
  }

  @Test
  void namesHaveAtMost63Characters() {
    assertThat(SignedProgram.isName("x".repeat(63))).isTrue();
    assertThat(SignedProgram.isName("x".repeat(64))).isFalse();
  }

  @Test
  void recognisesByTheFirstMember() throws Exception {
    assertThat(SignedProgramReader.recognises(vector("format-version"))).isTrue();
    assertThat(SignedProgramReader.recognises(object("signed/list"))).isFalse();
    assertThat(SignedProgramReader.recognises(Bytes.of("070701".getBytes(StandardCharsets.UTF_8))))
        .isFalse();
  }

  @Test
  void recognisesNothingShorterThanTheName() throws Exception {
    Bytes file = vector("good");
    assertThat(SignedProgramReader.recognises(file.slice(0, 126))).isTrue();
    assertThat(SignedProgramReader.recognises(file.slice(0, 125))).isFalse();
    assertThat(SignedProgramReader.recognises(file.slice(0, 110))).isFalse();
    assertThat(SignedProgramReader.recognises(file.slice(0, 109))).isFalse();
  }

  @Test
  void generationsHaveIds() {
    assertThat(Generation.of("7.3")).contains(Generation.V7_3);
    assertThat(Generation.of("6.18")).contains(Generation.V6_18);
    assertThat(Generation.of("7.2")).isEmpty();
  }

  @Test
  void formsGoFromTheNewestToTheOldestAndNoneIsThereTwice() {
    SignedForm newer = new SignedForm(Generation.V7_3, Bytes.EMPTY, Bytes.EMPTY);
    SignedForm older = new SignedForm(Generation.V6_18, Bytes.EMPTY, Bytes.EMPTY);
    assertThat(program(newer, older).forms()).containsExactly(newer, older);
    for (List<SignedForm> wrong :
        List.of(List.of(older, newer), List.of(newer, newer), List.<SignedForm>of())) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> program(wrong.toArray(SignedForm[]::new)));
    }
  }

  private static SignedProgram program(SignedForm... forms) {
    return new SignedProgram("name", Bytes.EMPTY, List.of(forms), Optional.empty());
  }

  private static Bytes vector(String name) throws Exception {
    return object("signed/programs/" + name + ".bpfs");
  }

  private static Bytes object(String path) throws Exception {
    return Bytes.owning(Files.readAllBytes(Lab.vectors().resolve(path)));
  }
}
