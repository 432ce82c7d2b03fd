// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.guard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bpfseal.testing.Lab;
import org.bpfseal.testing.Machine;

/**
 * Debian 13 with systemd as it ran until it switched itself off.
 *
 * @param console of the kernel and of systemd
 * @param ended whether it ended by itself
 * @param port lines that its checks wrote to the second serial port
 */
record DebianGuest(List<String> console, boolean ended, List<String> port) {
  private static final int MEMORY_MIB = 1536;
  private static final Duration LIMIT = Duration.ofMinutes(15);

  /**
   * Boots it from its disk, {@code /dev/nvme0n1}; what it writes there is forgotten.
   *
   * @param parameters beside the loader as the kernel's first program
   * @param scratch a folder for what the port says
   * @param answer what is typed after a line on the console
   */
  static DebianGuest boot(
      String kernel,
      Path initrd,
      String parameters,
      Path scratch,
      Function<String, Optional<String>> answer) {
    Path port = scratch.resolve(initrd.getFileName() + ".port");
    Machine machine =
        new Machine(
            Lab.kernel(kernel),
            initrd,
            "rdinit=/usr/lib/bpfseal/init quiet loglevel=5 systemd.wants=check.service systemd.getty_auto=no "
                + parameters,
            MEMORY_MIB,
            List.of(
                "-smp",
                "2",
                "-serial",
                "file:" + port,
                "-drive",
                "file=" + Lab.debian(kernel) + ",format=raw,if=none,id=root,snapshot=on",
                "-device",
                "nvme,serial=root,drive=root"),
            LIMIT);
    Machine.Console console = machine.boot(line -> line.contains(" outcome=halt"), answer);
    try {
      Files.write(scratch.resolve(initrd.getFileName() + ".console"), console.lines());
      return new DebianGuest(
          console.lines(), console.ended(), Files.readAllLines(port, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean switchedItselfOff() {
    return ended && console.stream().anyMatch(line -> line.contains("reboot: Power down"));
  }
}
