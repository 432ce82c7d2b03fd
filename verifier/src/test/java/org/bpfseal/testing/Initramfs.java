// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.testing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;
import org.bpfseal.verifier.bytes.Bytes;

/** Writes the archive that a lab machine unpacks into its root. */
public final class Initramfs {
  private static final int FOLDER = CpioConstants.C_ISDIR | 0755;
  private static final int EXECUTABLE = CpioConstants.C_ISREG | 0755;
  private static final int FILE = CpioConstants.C_ISREG | 0644;

  private Initramfs() {}

  /**
   * Writes an archive of these files and the folders above them.
   *
   * @param files by their path without the first slash
   * @param executable which of them are programs
   * @return {@code image}
   */
  public static Path write(
      Path image, SortedMap<String, Bytes> files, Predicate<String> executable) {
    try (CpioArchiveOutputStream out =
        new CpioArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(image)))) {
      for (String folder :
          files.keySet().stream().flatMap(Initramfs::ancestors).sorted().distinct().toList()) {
        append(out, folder, FOLDER, Bytes.EMPTY);
      }
      for (Map.Entry<String, Bytes> file : files.entrySet()) {
        append(
            out,
            file.getKey(),
            executable.test(file.getKey()) ? EXECUTABLE : FILE,
            file.getValue());
      }
      out.finish();
      return image;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<String> ancestors(String path) {
    Path whole = Path.of(path);
    return IntStream.range(1, whole.getNameCount())
        .mapToObj(length -> whole.subpath(0, length).toString());
  }

  private static void append(CpioArchiveOutputStream out, String name, int mode, Bytes content)
      throws IOException {
    CpioArchiveEntry entry = new CpioArchiveEntry(CpioConstants.FORMAT_NEW, name, content.size());
    entry.setMode(mode);
    out.putArchiveEntry(entry);
    out.write(content.toArray());
    out.closeArchiveEntry();
  }
}
