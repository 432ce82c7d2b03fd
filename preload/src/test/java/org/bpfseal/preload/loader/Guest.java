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
 * @param report the loader's lines without their first two words
 * @param pins paths that the VM's next program found
 * @param ended whether the machine ended by itself; false for a halt
 */
record Guest(List<String> report, List<String> pins, boolean ended) {
  private static final long LIMIT_SECONDS = 120;
  private static final Pattern REPORT =
      Pattern.compile(".*?bpfseal: t=[0-9]+\\.[0-9]{3} (.*?)\\s*");
  private static final Pattern PIN = Pattern.compile(".*?bpfseal-vm: pin path=(.*?)\\s*");

  /** Boots Debian's cloud kernel of the series with the image, without KVM. */
  static Guest boot(String kernel, Path image) {
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
            "console=ttyS0 rdinit=/usr/lib/bpfseal/init panic=-1 quiet loglevel=1");
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
    List<String> report = new ArrayList<>();
    List<String> pins = new ArrayList<>();
    try (BufferedReader console =
        new BufferedReader(
            new InputStreamReader(machine.getInputStream(), StandardCharsets.ISO_8859_1))) {
      String line = console.readLine();
      while (line != null) {
        Matcher fact = REPORT.matcher(line);
        Matcher pin = PIN.matcher(line);
        if (fact.matches()) {
          report.add(fact.group(1));
        } else if (pin.matches()) {
          pins.add(pin.group(1));
        }
        if (line.contains(" outcome=halt")) {
          return new Guest(report, pins, false);
        }
        line = console.readLine();
      }
    }
    return new Guest(report, pins, true);
  }
}
