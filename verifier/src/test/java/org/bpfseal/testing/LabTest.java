// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class LabTest {
  private static List<String> shell(String script) {
    return List.of("sh", "-c", script);
  }

  @Test
  void pathOfTheScriptIsTheAnswer(@TempDir Path folder) {
    assertThat(Lab.pathFrom(shell("echo working >&2; echo " + folder), true)).isEqualTo(folder);
  }

  @Test
  void whatCannotBeHadAbortsTheTestWithTheMessage() {
    assertThatThrownBy(() -> Lab.pathFrom(shell("echo no such kernel >&2; exit 77"), false))
        .isInstanceOf(TestAbortedException.class)
        .hasMessageContaining("no such kernel");
  }

  @Test
  void whatCannotBeHadFailsWhereNothingIsSkipped() {
    assertThatThrownBy(() -> Lab.pathFrom(shell("echo no such kernel >&2; exit 77"), true))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no such kernel");
  }

  @Test
  void anotherFailureIsNeverSkipped() {
    assertThatThrownBy(() -> Lab.pathFrom(shell("echo broken script >&2; exit 2"), false))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("broken script");
  }

  @Test
  void missingFileIsNeverAnAnswer(@TempDir Path folder) {
    assertThatThrownBy(() -> Lab.pathFrom(shell("echo " + folder + "/none"), false))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no file");
  }

  @Test
  void repositoryHoldsTheScripts() {
    assertThat(Lab.repository().resolve("preload/lab/kernel.sh")).isExecutable();
  }

  @Test
  @Tag("lab")
  void kernelIsAnX86BootImage() throws Exception {
    byte[] image = Files.readAllBytes(Lab.kernel("7.3"));
    assertThat(new String(image, 0x202, 4, StandardCharsets.ISO_8859_1)).isEqualTo("HdrS");
  }

  @Test
  @Tag("lab")
  void bpftoolSigns() throws Exception {
    Process process =
        new ProcessBuilder(Lab.bpftool().toString(), "version").redirectErrorStream(true).start();
    assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("bpftool v7.8");
  }
}
