// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("lab")
class VectorRecipeTest {
  @ParameterizedTest
  @ValueSource(strings = {"objects", "refused", "malformed", "signed"})
  void committedFilesAndHashesAreWhatTheRecipeMakes(String folder) throws Exception {
    assertThat(Lab.llvmTool(14, "llvm-strip")).isExecutable();
    assertThat(Lab.llvmTool(19, "llvm-strip")).isExecutable();
    assertThat(Lab.bpftool()).isExecutable();
    Path recipe = Lab.vectors().resolve(folder).resolve("make.sh");
    Process process = new ProcessBuilder(recipe.toString()).redirectErrorStream(true).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(output).isZero();
  }
}
