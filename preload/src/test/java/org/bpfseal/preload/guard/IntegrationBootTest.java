// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.guard;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.preload.image.ImageFile;
import org.bpfseal.preload.integration.BootTool;
import org.bpfseal.preload.loader.LabImage;
import org.bpfseal.preload.loader.LabKey;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Debian's own tools put an image into their initramfs, and Debian boots from it. {@code
 * preload/real-system.sh --initramfs} runs it.
 */
@Tag("lab")
@Tag("long")
class IntegrationBootTest {
  private static final String KERNEL = System.getProperty("system.kernels", "7.3");

  /** Comes by the kernel's command line, since neither disk nor initramfs knows of it. */
  private static final String UNIT =
      """
      [Unit]
      After=default.target
      [Service]
      ExecStart=/bin/bash -c 'exec >/dev/ttyS1; \\
        echo state $$(systemctl is-system-running --wait); \\
        echo failed $$(systemctl --failed --plain --no-legend | wc -l); \\
        cd /run/initramfs/bpfseal; \\
        for pin in lsm-observers/* cgroup-network/in; do unlink $$pin && echo lost $$pin; test -e $$pin && echo held $$pin; done; \\
        systemctl poweroff'
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(names = {"INITRAMFS_TOOLS", "DRACUT"})
  void debianBootsFromItAndNoHeldLinkCanBeEnded(BootTool tool) throws IOException {
    DebianGuest guest = boot(initrd(tool));

    assertThat(guest.port())
        .as(String.join("\n", guest.console()))
        .containsExactly(
            "state running",
            "failed 0",
            "held lsm-observers/committed",
            "held lsm-observers/exec",
            "held lsm-observers/open",
            "held cgroup-network/in");
    assertThat(guest.console()).anyMatch(line -> line.contains("seal result=OK"));
    assertThat(guest.switchedItselfOff()).isTrue();
    assertThat(AttackSuite.warnings(guest.console())).isEmpty();
    String out = System.getProperty("system.out");
    if (out != null) {
      Files.writeString(Path.of(out), tool + "\tgood\n", CREATE, APPEND);
    }
  }

  private Path initrd(BootTool tool) throws IOException {
    Path root = folder.resolve("root");
    for (ImageFile file : tool.files()) {
      Path path = root.resolve(file.path());
      Files.createDirectories(path.getParent());
      Files.write(path, file.content().toArray());
      assertThat(path.toFile().setExecutable(file.executable())).isTrue();
    }
    Path image = root.resolve(BootTool.IMAGE.substring(1));
    Files.createDirectories(image.getParent());
    image(image);
    return Lab.initrd(tool.toString(), KERNEL, root, folder.resolve("initrd"));
  }

  private void image(Path file) {
    LabKey key = new LabKey("rsa", folder);
    LabImage image = new LabImage().trusting(key.der()).ending("failure halt\nnext /init\n");
    image.guarded(
        GuardProgram.signedBy(key),
        "types",
        Map.of(
            "ops.der", new LabKey("p256", folder).der(),
            "boss.der", new LabKey("other", folder).der()),
        key);
    new AttackTargets(key).programs(true).forEach(image::required);
    image.write(file);
  }

  private DebianGuest boot(Path initrd) {
    String unit = Base64.getEncoder().encodeToString(UNIT.getBytes(StandardCharsets.UTF_8));
    return DebianGuest.boot(
        KERNEL,
        initrd,
        "root=/dev/nvme0n1 rw systemd.set_credential_binary=systemd.extra-unit.check.service:"
            + unit,
        folder,
        line -> Optional.empty());
  }
}
