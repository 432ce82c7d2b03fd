// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The boot loader's manifest reader, compiled for the host with sanitizers. */
class ManifestReaderInCTest {
  private static final long SEED = 20260101;
  private static final int DAMAGED_FORMS = 300;

  @TempDir static Path folder;
  private static Path check;

  @BeforeAll
  static void compile() {
    Path sources = Lab.repository().resolve("preload/src/main/c");
    check = folder.resolve("manifest_check");
    HostCommand.outputOf(
        "gcc",
        "-std=c11",
        "-D_GNU_SOURCE",
        "-g",
        "-O1",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-Wconversion",
        "-fsanitize=address,undefined",
        "-fno-sanitize-recover=all",
        "-I" + sources,
        "-I" + sources.resolveSibling("bpf"),
        "-o",
        check,
        Lab.repository().resolve("preload/src/test/c/manifest_check.c"),
        sources.resolve("manifest.c"),
        sources.resolve("manifest_line.c"),
        sources.resolve("manifest_link.c"),
        sources.resolve("manifest_program.c"),
        sources.resolve("type_names.c"));
  }

  private static List<Path> vectors() throws IOException {
    try (Stream<Path> files = Files.list(Lab.vectors().resolve("manifest"))) {
      return files.filter(file -> file.toString().endsWith(".txt")).sorted().toList();
    }
  }

  private static HostCommand check(List<?> words) {
    List<Object> command = new ArrayList<>(List.of(check));
    command.addAll(words);
    return HostCommand.run(Map.of(), command.toArray());
  }

  @Test
  void everyVectorIsJudgedAsItsNameSaysAndAtItsLine() throws IOException {
    Map<String, String> expected = new TreeMap<>();
    for (String line : Files.readAllLines(Lab.vectors().resolve("manifest/lines"))) {
      expected.put(line.split(" ", 2)[0], "bad " + line.split(" ", 2)[1]);
    }
    Map<String, String> found = new TreeMap<>();
    for (String line : check(vectors()).text().lines().toList()) {
      String[] words = line.split(" ", 4);
      String name = String.valueOf(Path.of(words[0]).getFileName());
      found.put(name, words[1].equals("good") ? "good" : words[1] + " " + words[2]);
      if (name.startsWith("good-")) {
        expected.put(name, "good");
      }
    }
    assertThat(found).hasSizeGreaterThan(150).isEqualTo(expected);
  }

  @Test
  void damagedManifestsNeverMakeItStumble() throws IOException {
    List<Object> words =
        new ArrayList<>(List.of("--mutate", Long.toString(SEED), Integer.toString(DAMAGED_FORMS)));
    words.addAll(vectors());
    HostCommand answer = check(words);
    assertThat(answer.text()).as("seed %d", SEED).matches("OK [0-9]+ good\\n");
    assertThat(answer.exitCode()).isZero();
  }
}
