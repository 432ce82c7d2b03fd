// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpfseal.testing.Lab;
import org.bpfseal.testing.SignedVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class InspectCommandTest {
  private static final Path PROGRAMS = Lab.vectors().resolve("signed/programs");

  @TempDir Path folder;

  @Test
  void listsWhatASignedProgramMakes() {
    Run run = Run.of("inspect", PROGRAMS.resolve("good.bpfs"));
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines().skip(1))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("  name     socket-filter"),
            line ->
                assertThat(line)
                    .matches("  form     7\\.3 +D +840 \\+ 1904 bytes +sha256 [0-9a-f]{64}"),
            line ->
                assertThat(line)
                    .matches(
                        "  signer   7\\.3 +rsa +sha256 +no attributes +id f4fac9be[0-9a-f]{32}"),
            line ->
                assertThat(line)
                    .matches("  form     6\\.18 +B2 +1064 \\+ 1904 bytes +sha256 [0-9a-f]{64}"),
            line ->
                assertThat(line)
                    .matches(
                        "  signer   6\\.18 +rsa +sha256 +no attributes +id f4fac9be[0-9a-f]{32}"),
            line ->
                assertThat(line)
                    .matches("  program  pass_whole_pack  socket_filter +4 instructions, .*"));
  }

  @Test
  void aSignatureThatCanNotBeReadIsSaidSo() {
    assertThat(Run.of("inspect", PROGRAMS.resolve("sig-short.bpfs")).out())
        .containsPattern("  signer   7\\.3 +unreadable: ");
  }

  @Test
  void saysOfAProgramWithoutALoaderWhatIsNotSigned() {
    Run run = Run.of("inspect", PROGRAMS.resolve("good-direct.bpfs"));
    assertThat(run.out())
        .containsPattern("  form       7\\.3  +direct  +32 bytes  +sha256 [0-9a-f]{64}\n")
        .containsPattern(
            "  program    pass_whole_packet  socket_filter  4 instructions, license Dual BSD/GPL\n")
        .contains("  uncovered  type, attach point, flags and license: no signature says how");
    assertThat(Run.of("inspect", "--json", PROGRAMS.resolve("good-direct.bpfs")).out())
        .contains("\"form\": \"direct\"", "\"map\": 0");
  }

  static List<SignedVector> all() {
    return SignedVector.all();
  }

  /** No key is needed, so a bad signature is no reason to refuse. */
  @ParameterizedTest
  @MethodSource("all")
  void readsEveryVectorThatIsALoader(SignedVector vector) {
    boolean readable =
        !vector.verdicts().containsValue(SignedVector.FORMAT)
            && !vector.toString().equals("insns-bit.bpfs");
    Run text = Run.of("inspect", vector.program());
    Run json = Run.of("inspect", "--json", vector.program());
    assertThat(text.exitCode()).isEqualTo(readable ? 0 : 3);
    assertThat(json.exitCode()).isEqualTo(readable ? 0 : 3);
    assertThat(text.err().isEmpty()).isEqualTo(readable);
    assertThat(json.out()).startsWith("{\n  \"schema\": \"bpf-verify-inspect 1\"");
  }

  @Test
  void oneUnreadableFileStopsNoOther() {
    Run run =
        Run.of(
            "inspect",
            PROGRAMS.resolve("format-mode.bpfs"),
            Lab.vectors().resolve("manifest/good-typical.txt"));
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("format-mode.bpfs: bpfs: data at byte 278: expected mode");
    assertThat(run.out()).contains("manifest     version 12");
  }

  @ParameterizedTest
  @CsvSource({"empty, ''", "text, hello", "elf, \u007fELF", "short, 070701"})
  void refusesOtherFiles(String name, String content) throws Exception {
    Path file = Files.writeString(folder.resolve(name), content);
    Run run = Run.of("inspect", file);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).startsWith("bpf-verify: error: " + file + ": ");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void exitCodesOfTheCommandLine() {
    assertThat(Run.of("inspect").exitCode()).isEqualTo(2);
    assertThat(Run.of("inspect", "--unknown", "x").exitCode()).isEqualTo(2);
    assertThat(Run.of("inspect", folder.resolve("missing")).exitCode()).isEqualTo(3);
    assertThat(Run.of("inspect", folder).exitCode()).isEqualTo(3);
    assertThat(Run.of("inspect", "--help").exitCode()).isZero();
  }

  @Test
  void noControlCharacterReachesTheTerminal() {
    assertThat(Table.printable("a\u001b[2J\n\u202eb→\u0000"))
        .isEqualTo("a\\u{1b}[2J\\u{a}\\u{202e}b→\\u{0}");
  }
}
