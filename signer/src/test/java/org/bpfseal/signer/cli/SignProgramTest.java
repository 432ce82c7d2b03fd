// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bpf.ProgramType;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.program.DirectLoad;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;
import org.bpfseal.verifier.program.SignedProgramReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs that are signed themselves, without a loader. */
class SignProgramTest {
  private static final Path KEYS = Lab.repository().resolve("keys-example");
  private static final Path OBJECTS = Lab.vectors().resolve("objects/clang-19");
  private static final Path SOCKET_FILTER = OBJECTS.resolve("socket-filter.bpf.o");
  private static final DirectLoad LOAD =
      new DirectLoad(
          "pass_whole_packet",
          ProgramType.SOCKET_FILTER,
          0,
          0,
          0,
          Optional.empty(),
          "Dual BSD/GPL");

  @TempDir Path folder;

  @Test
  void signsTheInstructionsThemselves() throws Exception {
    Run run = sign(SOCKET_FILTER);
    assertThat(run.status()).isZero();
    assertThat(run.out()).startsWith("socket-filter   7.3 ok  6.18 ok   ");
    assertThat(run.out() + run.err())
        .contains("the signature doesn't cover its type (socket_filter), attach point");
    SignedProgram program = program();
    assertThat(program.direct()).contains(LOAD);
    assertThat(program.data().isEmpty()).isTrue();
    assertThat(program.forms())
        .extracting(SignedForm::generation)
        .containsExactly(Generation.V7_3, Generation.V6_18);
    SignedForm newer = program.forms().getFirst();
    assertThat(program.forms().getLast().insns()).isEqualTo(newer.insns());
    assertThat(program.forms().getLast().signature()).isEqualTo(newer.signature());
    assertThat(newer.insns().slice(newer.insns().size() - 8, newer.insns().size()))
        .isEqualTo(Bytes.hex("9500000000000000"));
  }

  @Test
  void equalsWhatWasMadeWithoutThisProject() {
    sign(SOCKET_FILTER);
    assertThat(folder.resolve("socket-filter.bpfs"))
        .hasSameBinaryContentAs(Lab.vectors().resolve("signed/programs/good-direct.bpfs"));
  }

  @Test
  void isMadeAgainAndComparedWithoutAKey() throws Exception {
    sign(SOCKET_FILTER);
    Run same = Run.of("sign", "--check", "--as", "program", "--out", folder, SOCKET_FILTER);
    assertThat(same.out()).contains("7.3 same  6.18 same");
    assertThat(same.status()).isZero();
    Run loader = Run.of("sign", "--check", "--out", folder, SOCKET_FILTER);
    assertThat(loader.status()).isEqualTo(1);
  }

  @Test
  void isSignedAgainWithAnotherKey() throws Exception {
    sign(SOCKET_FILTER);
    Path again = folder.resolve("again");
    Run run =
        Run.of(
            "resign",
            "--key",
            KEYS.resolve("p256.key"),
            "--cert",
            KEYS.resolve("p256.crt"),
            "--out",
            again,
            folder.resolve("socket-filter.bpfs"));
    assertThat(run.status()).as(run.err()).isZero();
    SignedProgram other = read(again.resolve("socket-filter.bpfs"));
    assertThat(other.direct()).contains(LOAD);
    assertThat(other.forms().getFirst().insns()).isEqualTo(program().forms().getFirst().insns());
  }

  /** What an object can't have, and what the refusal names. */
  @ParameterizedTest
  @CsvSource({
    "core-records, raw_tp/sched_process_exec, ask, has a CO-RE record",
    "arena-map, syscall, allocate_page, bpf_arena_alloc_pages",
    "exception-callback, tc, throw_for_odd_packets, bpf_throw",
    "callbacks, raw_tp/sched_process_exec, run_callbacks, a function's address",
    "map-kinds, raw_tp/sched_process_exec, record_exec, 'map \"scratch\"'",
    "percpu-data, raw_tp/sched_process_exec, count_on_this_cpu, for each CPU",
    "global-data, raw_tp/sched_process_exec, use_all_sections, '\".rodata\" and \".data\"'",
    "kprobes, '', '', it has 3 programs to load",
  })
  void refusesWhatNeedsALoader(String vector, String section, String symbol, String problem) {
    Run run = sign(OBJECTS.resolve(vector + ".bpf.o"));
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("refused: ", problem, "hint: ", "--as loader");
    if (!section.isEmpty()) {
      assertThat(run.out()).contains("section \"" + section + "\", symbol \"" + symbol + "\"");
    }
    assertThat(folder).isEmptyDirectory();
  }

  /** One line of the member changed to one of the same length: never a second spelling. */
  @ParameterizedTest
  @CsvSource({
    "function pass_, Function pass_, 0, 'a line \"function …\"'",
    "type socket_filter, type socket_filtex, 27, a program type",
    "type socket_filter, tape socket_filter, 27, 'a line \"type …\"'",
    "attach-type 0, attach-type x, 46, 'a line \"attach-type …\"'",
    "map-flags 0x0, map-flags 0xA, 70, 'a line \"map-flags …\"'",
    "license Dual BSD/GPL, licence Dual BSD/GPL, 84, the end",
    "license Dual BSD/GPL, target  Dual BSD/GPL, 84, the end",
  })
  void readsOneSpellingOnly(String good, String bad, int at, String expected) throws Exception {
    sign(SOCKET_FILTER);
    Path file = folder.resolve("socket-filter.bpfs");
    String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    long member = text.indexOf("function pass_whole_packet\n");
    assertThat(text).containsOnlyOnce(good + (good.endsWith("_") ? "" : "\n"));
    Files.writeString(file, text.replace(good, bad), StandardCharsets.ISO_8859_1);
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> read(file))
        .withMessage(
            "bpfs: load at byte %d: expected %s, found something else"
                .formatted(member + at, expected));
  }

  private Run sign(Object... words) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "sign",
                "--as",
                "program",
                "--key",
                KEYS.resolve("rsa.key"),
                "--cert",
                KEYS.resolve("rsa.crt"),
                "--out",
                folder));
    Stream.of(words).forEach(all::add);
    return Run.of(all.toArray());
  }

  private SignedProgram program() throws Exception {
    return read(folder.resolve("socket-filter.bpfs"));
  }

  private static SignedProgram read(Path file) throws Exception {
    return SignedProgramReader.read(Bytes.owning(Files.readAllBytes(file)));
  }
}
