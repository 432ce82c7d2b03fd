// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bpfseal.verifier.cli.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What it answers before it asks any kernel. */
class ControlProgramTest {
  @TempDir Path folder;

  @Test
  void itsExitStatusIsPassedOn() throws IOException {
    assertThat(ControlProgram.run(List.of("no-such-command"))).isEqualTo(ExitCode.USAGE.status());
    assertThat(ControlProgram.run(List.of("challenge", "--replace", "zz", "a/b")))
        .isEqualTo(ExitCode.USAGE.status());
    assertThat(ControlProgram.run(List.of("confirm", folder.resolve("none").toString())))
        .isEqualTo(ExitCode.UNREADABLE.status());
  }
}
