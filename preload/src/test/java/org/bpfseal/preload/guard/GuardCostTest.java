// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That the costs are measured. {@code preload/costs.sh} runs the same, longer, and prints the
 * table.
 */
@Tag("lab")
class GuardCostTest {
  private static final int PACKED_SIZE_MAX = 128 * 1024;

  @TempDir Path folder;

  @Test
  void theNumbersAreThoseOfTheGuardAndNothingElse() throws IOException {
    String kernel = System.getProperty("costs.kernel", "7.3");
    GuardCosts.ConfirmKey confirmKey =
        GuardCosts.ConfirmKey.of(System.getProperty("costs.confirmKey", "rsa"));
    GuardCosts.Result result =
        new GuardCosts(folder, !Boolean.getBoolean("costs.full"), confirmKey).run(kernel);
    String out = System.getProperty("costs.out");
    if (out != null) {
      Files.write(Path.of(out), result.lines());
    }
    assertThat(result.costs())
        .extracting(GuardCosts.Cost::name)
        .containsExactly(
            "getppid",
            "stat",
            "open+close",
            "open+close-to-write",
            "create+unlink",
            "fork+exec",
            "mount+umount-in-a-namespace",
            "map-lookup");
    // A call that no hook of the guard sees is the control; one that each kernel's guard sees shows
    // that it is there.
    assertThat(result.costs().getFirst().ratio()).isCloseTo(1, within(0.01));
    assertThat(result.costs().getLast().ratio()).isGreaterThan(1.02);
    assertThat(result.costs()).allMatch(cost -> cost.without() > 100);
    assertThat(result.kernelMillis()).isPositive();
    assertThat(result.loaderMillis()).isPositive();
    assertThat(result.packedSize()).isPositive().isLessThanOrEqualTo(PACKED_SIZE_MAX);
  }
}
