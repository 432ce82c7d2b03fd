// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.stream.Stream;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtractCommandTest {
  private static final Path PROGRAMS = Lab.vectors().resolve("signed/programs");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "good.bpfs, 7.3 6.18",
    "good-7.3-only.bpfs, 7.3",
    "good-6.18-only.bpfs, 6.18",
    "sig-empty.bpfs, 7.3 6.18"
  })
  void writesThePartsOfEachForm(String name, String generations) throws Exception {
    Path out = folder.resolve("made/here");
    Run run = Run.of("extract", PROGRAMS.resolve(name), "--out", out);
    assertThat(run).isEqualTo(new Run(0, "", ""));
    for (String generation : generations.split(" ", -1)) {
      byte[] insns = Files.readAllBytes(out.resolve(generation).resolve("insns"));
      assertThat(out.resolve(generation).resolve("excl_prog_hash"))
          .hasBinaryContent(MessageDigest.getInstance("SHA-256").digest(insns));
      assertThat(out.resolve(generation).resolve("data")).hasSize(1904);
      assertThat(out.resolve(generation).resolve("sig.p7s")).isRegularFile();
    }
    try (Stream<Path> folders = Files.list(out)) {
      assertThat(folders).hasSize(generations.split(" ", -1).length);
    }
  }

  @Test
  void replacesNothingUnasked() throws Exception {
    Path there = Files.createDirectories(folder.resolve("6.18")).resolve("sig.p7s");
    Files.writeString(there, "mine");
    Run run = Run.of("extract", PROGRAMS.resolve("good.bpfs"), "--out", folder);
    assertThat(run.exitCode()).isEqualTo(5);
    assertThat(there).hasContent("mine");
    assertThat(folder.resolve("7.3")).doesNotExist();
    run = Run.of("extract", PROGRAMS.resolve("good.bpfs"), "--out", folder, "--force");
    assertThat(run.exitCode()).isZero();
    assertThat(there).hasSize(375);
  }

  @Test
  void leavesNothingOfAnUnreadableFile() {
    Path out = folder.resolve("out");
    assertThat(Run.of("extract", PROGRAMS.resolve("format-twice.bpfs"), "--out", out).exitCode())
        .isEqualTo(3);
    assertThat(out).doesNotExist();
    assertThat(Run.of("extract", PROGRAMS.resolve("good.bpfs")).exitCode()).isEqualTo(2);
  }
}
