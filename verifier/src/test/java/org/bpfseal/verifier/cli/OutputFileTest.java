// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFileTest {
  @TempDir Path directory;

  @Test
  void writesWholeAndLeavesNoTemporaryFile() throws Exception {
    Path file = directory.resolve("new/out");
    OutputFile.write(file, Bytes.utf8("text"), false);
    assertThat(file).hasContent("text");
    try (Stream<Path> files = Files.list(directory.resolve("new"))) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void replacesOnlyByForce() throws Exception {
    Path file = directory.resolve("out");
    OutputFile.write(file, Bytes.utf8("one"), false);
    CommandFailure failure =
        catchThrowableOfType(
            CommandFailure.class, () -> OutputFile.write(file, Bytes.utf8("two"), false));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.WOULD_OVERWRITE);
    assertThat(file).hasContent("one");
    OutputFile.write(file, Bytes.utf8("two"), true);
    assertThat(file).hasContent("two");
  }

  @Test
  void looksLikeAFileOfAnyOtherTool() throws Exception {
    Path file = directory.resolve("out");
    OutputFile.write(file, Bytes.utf8("x"), false);
    Path other = Files.createFile(directory.resolve("other"));
    assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(other));
  }

  @Test
  void readRefusesWhatIsTooLarge() throws Exception {
    Path file = Files.writeString(directory.resolve("in"), "12345");
    assertThat(InputFile.read(file, 5).size()).isEqualTo(5);
    CommandFailure failure =
        catchThrowableOfType(CommandFailure.class, () -> InputFile.read(file, 4));
    assertThat(failure.exitCode()).isEqualTo(ExitCode.UNREADABLE);
  }
}
