// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfseal.testing.Lab;
import org.bpfseal.testing.Machine;

/**
 * What a machine said on its console until it switched off, rebooted or halted.
 *
 * @param console all lines
 * @param ended whether the machine ended by itself; false for a halt
 */
record Guest(List<String> console, boolean ended) {
  private static final Pattern REPORT =
      Pattern.compile(".*?bpfseal: t=[0-9]+\\.[0-9]{3} (.*?)\\s*");
  private static final Pattern PIN = Pattern.compile(".*?bpfseal-vm: pin path=(.*?)\\s*");

  /** Boots Debian's cloud kernel of the series with the image. */
  static Guest boot(String kernel, Path image, String... parameters) {
    Machine machine =
        new Machine(
            Lab.kernel(kernel),
            image,
            "rdinit=/usr/lib/bpfseal/init quiet loglevel=1 " + String.join(" ", parameters),
            1024,
            List.of(),
            Duration.ofMinutes(2));
    Machine.Console console = machine.boot(line -> line.contains(" outcome=halt"));
    return new Guest(console.lines(), console.ended());
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
