// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A guard beneath Debian. {@code preload/real-system.sh} runs the same and prints the table. */
@Tag("lab")
class SystemTrialTest {
  private static final int CHECKS_LEAST = 30;
  private static final Map<String, Integer> ATTACKS_LEAST =
      Map.of("system:", 110, "podman:", 100, "nspawn:", 50);

  @TempDir Path folder;

  static Stream<String> kernels() {
    return Stream.of(System.getProperty("system.kernels", "7.3").split(","));
  }

  @ParameterizedTest
  @MethodSource("kernels")
  void debianWorksAsWithoutTheGuardAndNoAttackFromItEndsALink(String kernel) throws IOException {
    String kept = System.getProperty("system.folder");
    SystemTrial.Result result = new SystemTrial(kept == null ? folder : Path.of(kept)).run(kernel);
    List<String> checks = result.checks().stream().map(SystemTrial.Check::line).toList();
    List<String> attacks = result.attacks().stream().map(AttackSuite.Attack::line).toList();
    String out = System.getProperty("system.out");
    if (out != null) {
      Files.write(Path.of(out), Stream.concat(checks.stream(), attacks.stream()).toList());
    }
    assertThat(checks)
        .hasSizeGreaterThan(CHECKS_LEAST)
        .allMatch(line -> line.endsWith("\tgood"))
        .anyMatch(line -> line.startsWith("end\t"));
    ATTACKS_LEAST.forEach(
        (place, least) ->
            assertThat(attacks.stream().filter(line -> line.startsWith(place)))
                .hasSizeGreaterThanOrEqualTo(least)
                .allMatch(line -> line.endsWith("\tgood")));
    assertThat(result.warnings()).isEmpty();
  }
}
