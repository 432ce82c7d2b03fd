// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.archive;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a root has: the lines of {@code list.c}, sorted.
 *
 * @param listed whether the lister ran
 * @param failed whether the kernel said that unpacking failed
 */
record Listing(boolean listed, boolean failed, List<String> lines) {
  private static final String LINE = "list: ";
  private static final String FAILED = "Initramfs unpacking failed";

  Listing {
    lines = List.copyOf(lines);
  }

  /** From a machine's console. */
  static Listing of(List<String> console) {
    List<String> lines =
        console.stream()
            .map(String::stripTrailing)
            .filter(line -> line.startsWith(LINE))
            .map(line -> line.substring(LINE.length()))
            .toList();
    boolean listed = lines.contains("begin") && lines.contains("end");
    return new Listing(
        listed,
        console.stream().anyMatch(line -> line.contains(FAILED)),
        listed
            ? lines.stream()
                .filter(line -> !line.equals("begin") && !line.equals("end"))
                .sorted()
                .toList()
            : List.of());
  }

  /** The lines that only one of the two has, a few of them. */
  String difference(Listing other) {
    return only(this, other, "kernel ") + only(other, this, "mirror ");
  }

  private static String only(Listing mine, Listing others, String whose) {
    return mine.lines().stream()
        .filter(line -> !others.lines().contains(line))
        .limit(3)
        .map(line -> "; " + whose + line.substring(0, Math.min(line.length(), 120)))
        .collect(Collectors.joining());
  }
}
