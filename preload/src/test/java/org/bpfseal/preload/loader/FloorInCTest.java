// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The boot loader's look at the kernel command line, compiled for the host with sanitizers. */
class FloorInCTest {
  private static final Map<String, String> FLOORS = new LinkedHashMap<>();

  static {
    FLOORS.put("", "0");
    FLOORS.put(" \n", "0");
    FLOORS.put("quiet rdinit=/init", "0");
    FLOORS.put("quiet bpfseal.min_version=7", "7");
    FLOORS.put("\tbpfseal.min_version=4294967295\n", "4294967295");
    FLOORS.put("bpfseal.min_version=7 bpfseal.min_version=9 bpfseal.min_version=8", "9");
    FLOORS.put("x=bpfseal.min_version=7 bpfseal.min_versions=8 xbpfseal.min_version=9", "0");
    FLOORS.put("bpfseal.min_version", "0");
    FLOORS.put("bpfseal.min_version=", "bad");
    FLOORS.put("bpfseal.min_version=0", "bad");
    FLOORS.put("bpfseal.min_version=07", "bad");
    FLOORS.put("bpfseal.min_version=+7", "bad");
    FLOORS.put("bpfseal.min_version=-7", "bad");
    FLOORS.put("bpfseal.min_version=7a", "bad");
    FLOORS.put("bpfseal.min_version=7,8", "bad");
    FLOORS.put("bpfseal.min_version=4294967296", "bad");
    FLOORS.put("bpfseal.min_version=99999999999999999999999999", "bad");
    FLOORS.put("bpfseal.min_version=9 bpfseal.min_version=x", "bad");
  }

  @TempDir Path folder;

  @Test
  void theHighestNumberCountsAndNothingElseIsTakenForOne() {
    Path sources = Lab.repository().resolve("preload/src/main/c");
    Path check = folder.resolve("floor_check");
    HostCommand.outputOf(
        "gcc",
        "-std=c11",
        "-D_GNU_SOURCE",
        "-g",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-Wconversion",
        "-fsanitize=address,undefined",
        "-fno-sanitize-recover=all",
        "-I" + sources,
        "-o",
        check,
        Lab.repository().resolve("preload/src/test/c/floor_check.c"),
        sources.resolve("floor.c"));
    List<Object> words = new ArrayList<>(List.of(check));
    words.addAll(FLOORS.keySet());

    assertThat(HostCommand.run(Map.of(), words.toArray()).text().lines())
        .containsExactlyElementsOf(FLOORS.values());
  }
}
