// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import java.io.ByteArrayOutputStream;
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
    return start(words, ProcessBuilder.Redirect.INHERIT, process -> {});
  }

  /**
   * Runs it and takes what it prints; its errors go where this process' go.
   *
   * @param most bytes of output
   */
  public static Output read(List<String> words, int most) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status =
        start(
            words,
            ProcessBuilder.Redirect.PIPE,
            process -> out.writeBytes(process.getInputStream().readNBytes(most)));
    return new Output(status, Bytes.owning(out.toByteArray()));
  }

  /** What it printed, and its exit status. */
  public record Output(int status, Bytes text) {}

  private interface Listener {
    void listen(Process process) throws IOException;
  }

  private static int start(List<String> words, ProcessBuilder.Redirect output, Listener listener)
      throws IOException {
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
      Process process = new ProcessBuilder(command).inheritIO().redirectOutput(output).start();
      listener.listen(process);
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    } finally {
      Files.delete(program);
    }
  }
}
