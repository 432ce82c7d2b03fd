// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bpfseal.verifier.bytes.Bytes;

/** Reads an input whole, up to a limit, so that memory is bounded whatever the file's size. */
public final class InputFile {
  private InputFile() {}

  /**
   * The bytes of a file.
   *
   * @param limit most bytes that this kind of input may have
   * @throws CommandFailure if it is larger, or is a directory
   */
  public static Bytes read(Path file, int limit) throws IOException, CommandFailure {
    if (Files.isDirectory(file)) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": is a directory");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(limit);
      if (in.read() >= 0) {
        throw new CommandFailure(
            ExitCode.UNREADABLE,
            file + ": larger than the " + limit + " bytes that are allowed here");
      }
      return Bytes.owning(bytes);
    }
  }
}
