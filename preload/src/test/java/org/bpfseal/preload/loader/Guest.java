// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfseal.testing.Lab;

/**
 * What a machine said on its console until it switched off, rebooted or halted.
 *
 * @param console all lines
 * @param ended whether the machine ended by itself; false for a halt
 */
record Guest(List<String> console, boolean ended) {
  private static final long LIMIT_SECONDS = 120;
  private static final Pattern REPORT =
      Pattern.compile(".*?bpfseal: t=[0-9]+\\.[0-9]{3} (.*?)\\s*");
  private static final Pattern PIN = Pattern.compile(".*?bpfseal-vm: pin path=(.*?)\\s*");

  /** Boots Debian's cloud kernel of the series with the image, without KVM. */
  static Guest boot(String kernel, Path image, String... parameters) {
    List<String> command =
        List.of(
            "qemu-system-x86_64",
            "-accel",
            "tcg",
            "-m",
            "1024",
            "-nographic",
            "-nodefaults",
            "-serial",
            "stdio",
            "-no-reboot",
            "-kernel",
            Lab.kernel(kernel).toString(),
            "-initrd",
            image.toString(),
            "-append",
            "console=ttyS0 rdinit=/usr/lib/bpfseal/init panic=-1 quiet loglevel=1 "
                + String.join(" ", parameters));
    try {
      Process machine = new ProcessBuilder(command).redirectErrorStream(true).start();
      CompletableFuture<Process> limit =
          machine
              .onExit()
              .completeOnTimeout(machine, LIMIT_SECONDS, TimeUnit.SECONDS)
              .whenComplete((process, failure) -> machine.destroyForcibly());
      try {
        return listen(machine);
      } finally {
        machine.destroyForcibly();
        limit.join();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Guest listen(Process machine) throws IOException {
    List<String> lines = new ArrayList<>();
    try (BufferedReader console =
        new BufferedReader(
            new InputStreamReader(machine.getInputStream(), StandardCharsets.ISO_8859_1))) {
      String line = console.readLine();
      while (line != null) {
        lines.add(line);
        if (line.contains(" outcome=halt")) {
          return new Guest(lines, false);
        }
        line = console.readLine();
      }
    }
    return new Guest(lines, true);
  }

  /** The loader's lines without their first two words. */
  List<String> report() {
    return matching(REPORT);
  }

  /** Paths that the VM's next program found. */
  List<String> pins() {
    return matching(PIN);
  }

  /** The first group of the lines that match. */
  List<String> matching(Pattern pattern) {
    return console.stream()
        .map(pattern::matcher)
        .filter(Matcher::matches)
        .map(line -> line.group(1))
        .toList();
  }
}
