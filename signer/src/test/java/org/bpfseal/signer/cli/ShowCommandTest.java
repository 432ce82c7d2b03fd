// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.bpfseal.testing.Lab;
import org.bpfseal.testing.MalformedVector;
import org.bpfseal.testing.ObjectVector;
import org.bpfseal.testing.RefusedVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ShowCommandTest {
  @TempDir Path folder;

  private static final Path OBJECTS = Lab.vectors().resolve("objects/clang-19");

  static List<ObjectVector> vectors() {
    return ObjectVector.all();
  }

  static List<RefusedVector> refused() {
    return RefusedVector.all();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void showsTheHashesThatAreSigned(ObjectVector vector) {
    Run run = Run.of("show", vector.object());
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains(vector.insns(), vector.b2(), vector.data());
  }

  @Test
  void linesUp() {
    Run run = Run.of("show", OBJECTS.resolve("lsm-observers.bpf.o"));
    assertThat(run.out().lines().filter(line -> line.startsWith("  program")).toList())
        .isNotEmpty()
        .allSatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "  program   [a-z_]+ +lsm[a-z_./]+ +lsm(, sleepable)? +[0-9]+ instr.*"));
    assertThat(run.out()).contains("  needs     BPF LSM");
  }

  @Test
  void showsMapsOfMapsAndFrozenOnes() {
    assertThat(Run.of("show", OBJECTS.resolve("map-in-map.bpf.o")).out())
        .contains("array_of_maps 4 → 4, 4 entries, of array, 2 filled");
    assertThat(Run.of("show", OBJECTS.resolve("global-data.bpf.o")).out())
        .contains("array, frozen, ");
  }

  @Test
  void showsWhatIsNotLoadedAndWhatIsNeeded() {
    assertThat(Run.of("show", OBJECTS.resolve("optional-programs.bpf.o")).out())
        .contains("  optional  not_loaded_first");
    assertThat(Run.of("show", OBJECTS.resolve("kernel-functions.bpf.o")).out())
        .contains("needs     function bpf_task_from_pid\n", "function bpf_rcu_read_lock (weak)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "socket-filter; too, for 7.3, 6.18",
        "lsm-observers; no: ",
      })
  void saysWhetherItsProgramNeedsALoader(String object, String answer) {
    String out = Run.of("show", OBJECTS.resolve(object + ".bpf.o")).out();
    assertThat(out).contains("\n  --as program  " + answer);
    boolean signs =
        Run.of("digest", "--as", "program", "--out", folder, OBJECTS.resolve(object + ".bpf.o"))
                .status()
            == 0;
    assertThat(signs).isEqualTo(answer.startsWith("too"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void showsRefusals(RefusedVector vector) {
    Run run = Run.of("show", vector.object());
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("   refused: ", vector.section(), "  hint: ");
  }

  @Test
  void goesOnAfterADamagedObject() {
    Path damaged = MalformedVector.all().getFirst().object();
    Run run = Run.of("show", damaged, OBJECTS.resolve("socket-filter.bpf.o"));
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).startsWith("bpf-sign: error: " + damaged + ": BTF: ");
    assertThat(run.out()).startsWith("socket-filter.bpf.o   ELF64 BPF little-endian, BTF ");
  }

  @Test
  void printsTheSameAsJson() {
    Run run =
        Run.of(
            "show",
            "--json",
            "--for",
            "7.3",
            OBJECTS.resolve("socket-filter.bpf.o"),
            RefusedVector.all().getFirst().object());
    assertThat(run.out())
        .contains(
            "\"schema\": \"bpf-sign-show 1\"",
            "\"type\": \"socket_filter\"",
            "\"instructions\": ",
            "\"generation\": \"7.3\"",
            "\"result\": \"refused\"")
        .doesNotContain("\"generation\": \"6.18\"");
  }
}
