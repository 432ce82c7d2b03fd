// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BootProgramTest {
  private static final int SIZE_LIMIT = 120 * 1024;
  private static final int PROGRAM_HEADER_SIZE = 56;
  private static final long PT_INTERP = 3;

  @TempDir Path folder;

  private static Path sources() {
    return Lab.repository().resolve("preload/src/main/c");
  }

  /** With the headers that the guard shares. */
  private static void copySources(Path to) throws IOException {
    for (String part : List.of("c", "bpf")) {
      Path from = sources().resolveSibling(part);
      try (Stream<Path> files = Files.walk(from)) {
        for (Path file : files.toList()) {
          Path target = to.resolve(part).resolve(from.relativize(file));
          if (Files.isDirectory(file)) {
            Files.createDirectories(target);
          } else {
            Files.copy(file, target);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void isASmallExecutableThatNeedsNoInterpreter(BootProgram program) {
    Bytes elf = program.executable();
    int headers = (int) elf.i64(32, ByteOrder.LITTLE_ENDIAN);
    int count = elf.u16(56, ByteOrder.LITTLE_ENDIAN);

    assertThat(elf.size()).isLessThan(SIZE_LIMIT);
    assertThat(elf.startsWith(Bytes.hex("7f454c46"))).isTrue();
    assertThat(IntStream.range(0, count))
        .isNotEmpty()
        .noneMatch(
            i -> elf.u32(headers + i * PROGRAM_HEADER_SIZE, ByteOrder.LITTLE_ENDIAN) == PT_INTERP);
  }

  @Test
  void hasTheSameBytesWhereverTheSourceLies() throws IOException {
    copySources(folder.resolve("elsewhere"));
    Path copy = folder.resolve("elsewhere/c");
    HostCommand.outputOf("sh", copy.resolve("build.sh"), folder.resolve("out"));

    assertThat(Files.readAllBytes(folder.resolve("out/init")))
        .isEqualTo(BootProgram.INIT.executable().toArray());
    assertThat(Files.readAllBytes(folder.resolve("out/vm-next")))
        .isEqualTo(BootProgram.VM_NEXT.executable().toArray());
  }

  @Test
  void aMissingCompilerIsNamedWithItsPackage() {
    HostCommand answer =
        HostCommand.run(
            Map.of("CC", "no-such-compiler"), "sh", sources().resolve("build.sh"), folder);

    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.text())
        .contains("no C compiler no-such-compiler", "apt-get install musl-tools");
  }

  @Test
  void doesNothingWhenItIsNotProcessOne() throws IOException {
    Path init = folder.resolve("init");
    Files.write(init, BootProgram.INIT.executable().toArray());
    Files.setPosixFilePermissions(init, PosixFilePermissions.fromString("rwx------"));
    HostCommand answer = HostCommand.run(Map.of(), init);

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.text()).startsWith("bpfseal: error: ");
  }
}
