// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Root against held links. {@code preload/attacks.sh} runs the same and prints the table. */
@Tag("lab")
class GuardAttackTest {
  private static final int ATTACKS_LEAST = 60;

  @TempDir Path folder;

  static Stream<String> kernels() {
    return Stream.of(System.getProperty("attacks.kernels", "7.3,7.2,6.18,6.12").split(","));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void everyAttackIsRefusedAndWorksWithoutTheGuard(String kernel) throws IOException {
    boolean quick = !Boolean.getBoolean("attacks.full");
    AttackSuite.Result result = new AttackSuite(folder, quick).run(kernel);
    List<String> lines = result.attacks().stream().map(AttackSuite.Attack::line).toList();
    String out = System.getProperty("attacks.out");
    if (out != null) {
      Files.write(Path.of(out, kernel), lines);
    }
    assertThat(lines).hasSizeGreaterThan(ATTACKS_LEAST).allMatch(line -> line.endsWith("\tgood"));
    assertThat(result.warnings()).isEmpty();
  }
}
