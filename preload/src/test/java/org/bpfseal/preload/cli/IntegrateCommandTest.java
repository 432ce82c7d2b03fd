// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.verifier.cli.Launcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntegrateCommandTest {
  @TempDir Path folder;

  private int run(String... words) {
    return Launcher.run(BpfPreload.spec(words), words);
  }

  private List<Path> written() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(folder::relativize).sorted().toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "initramfs-tools, etc/initramfs-tools/hooks/bpfseal, 3, true",
    "dracut, usr/lib/dracut/modules.d/70bpfseal/module-setup.sh, 2, true",
    "mkinitcpio, etc/initcpio/install/bpfseal, 3, false",
    "UKIFY, etc/kernel/bpfseal-uki.conf, 1, false",
  })
  void writesTheToolsFiles(String tool, String path, int count, boolean program)
      throws IOException {
    assertThat(run("integrate", "--for", tool, "--out", folder.toString())).isZero();

    assertThat(written()).hasSize(count).contains(Path.of(path));
    assertThat(Files.isExecutable(folder.resolve(path))).isEqualTo(program);
    assertThat(Files.readString(folder.resolve(path))).contains("bpfseal/preload.img");
  }

  /** Not for the boot but for the system that follows. */
  @Test
  void writesTheControlProgramAndItsUnit() throws IOException {
    assertThat(run("integrate", "--for", "systemd", "--out", folder.toString())).isZero();

    assertThat(written())
        .containsExactly(
            Path.of("usr/lib/systemd/system/bpfseal-floor.service"), Path.of("usr/sbin/bpfseal"));
    HostCommand answer = HostCommand.run(Map.of(), folder.resolve("usr/sbin/bpfseal"));
    assertThat(answer.text()).contains("bpfseal floor FILE");
    assertThat(answer.exitCode()).isEqualTo(2);
  }

  @Test
  void writesWhatToolsShareOnce() throws IOException {
    assertThat(run("integrate", "--for", "dracut,initramfs-tools", "--out", folder.toString()))
        .isZero();

    assertThat(written()).hasSize(4).contains(Path.of("etc/default/grub.d/bpfseal.cfg"));
  }

  @Test
  void replacesNothingUnlessForced() {
    assertThat(run("integrate", "--for", "dracut", "--out", folder.toString())).isZero();
    assertThat(run("integrate", "--for", "dracut", "--out", folder.toString())).isEqualTo(5);
    assertThat(run("integrate", "--for", "dracut", "--out", folder.toString(), "--force")).isZero();
  }

  @Test
  void refusesAToolThatItDoesNotKnow() {
    assertThat(run("integrate", "--for", "booster", "--out", folder.toString())).isEqualTo(2);
  }

  @Test
  void scriptsAreWellFormed() throws IOException {
    run("integrate", "--for", "dracut,initramfs-tools,mkinitcpio", "--out", folder.toString());
    for (Path file : written()) {
      Path script = folder.resolve(file);
      String shell = Files.readString(script).startsWith("#!/bin/sh") ? "sh" : "bash";
      assertThat(HostCommand.outputOf(shell, "-n", script).toArray()).isEmpty();
    }
  }
}
