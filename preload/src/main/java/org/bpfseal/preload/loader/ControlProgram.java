// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * The boot loader's executable in its other role, on a machine that runs: it asks the guard for its
 * status and shows it tokens.
 */
public final class ControlProgram {
  private ControlProgram() {}

  /**
   * Runs it with this process' standard streams.
   *
   * @param words {@code status}, {@code challenge ...} or {@code confirm ...}, see {@code
   *     src/main/c/control.c}
   * @return its exit status, which means the same as a command's here
   * @throws IOException if it can't be started, as on another architecture or with temporary files
   *     on a file system that nothing may be executed from
   */
  public static int run(List<String> words) throws IOException {
    Path program =
        Files.createTempFile(
            "bpfseal",
            "",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    try {
      Bytes executable = BootProgram.INIT.executable();
      Files.write(program, executable.toArray());
      List<String> command = new ArrayList<>();
      command.add(program.toString());
      command.addAll(words);
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      Files.delete(program);
    }
  }
}
