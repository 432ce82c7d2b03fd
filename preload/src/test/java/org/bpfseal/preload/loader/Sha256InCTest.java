// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The boot loader's SHA-256 against the JDK's, compiled for the host with sanitizers. */
class Sha256InCTest {
  private static final long SEED = 20260101;

  /** Past the second block, so that the padding takes each of its forms. */
  private static final int MOST = 260;

  @TempDir Path folder;

  @Test
  void everyLengthHashesAsTheJdkDoes() throws IOException {
    Path sources = Lab.repository().resolve("preload/src/main/c");
    Path check = folder.resolve("sha256_check");
    HostCommand.outputOf(
        "gcc",
        "-std=c11",
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
        Lab.repository().resolve("preload/src/test/c/sha256_check.c"),
        sources.resolve("sha256.c"));
    byte[] content = new byte[MOST];
    new Random(SEED).nextBytes(content);
    Path file = folder.resolve("content");
    Files.write(file, content);
    List<String> expected =
        IntStream.rangeClosed(0, MOST)
            .mapToObj(size -> LabProgram.sha256(Bytes.owning(content).slice(0, size)))
            .toList();
    assertThat(HostCommand.run(Map.of(), check, file).text().lines().toList())
        .as("seed %d", SEED)
        .isEqualTo(expected);
  }
}
