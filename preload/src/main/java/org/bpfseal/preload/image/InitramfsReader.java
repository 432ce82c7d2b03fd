// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.image;

import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.image.Image;
import org.bpfseal.verifier.image.ImageEntry;
import org.bpfseal.verifier.image.ImageReader;

/**
 * Takes, of all that {@link ImageReader} reads, what {@link InitramfsWriter} and {@link
 * Compression} have written, and nothing else: other entries are refused, and so is a further
 * segment, which could replace files of the first.
 */
public final class InitramfsReader {
  /** Most bytes of an unpacked archive. */
  public static final int SIZE_MOST = 64 << 20;

  private static final String FORMAT = "preload image";
  private static final int EXECUTABLE = 0111;

  private InitramfsReader() {}

  /**
   * The regular files, sorted by path.
   *
   * @throws FormatException if the image isn't one that {@code bpf-preload build} makes
   */
  public static List<ImageFile> read(Bytes image) throws FormatException {
    Image unpacked = ImageReader.read(image, SIZE_MOST);
    List<ImageFile> files = new ArrayList<>();
    for (ImageEntry entry : unpacked.entries()) {
      if (entry.isFile()) {
        files.add(file(entry));
      }
    }
    Image.Segment first = unpacked.segments().getFirst();
    if (unpacked.segments().size() != 1 || !isWritten(files, unpacked.entries())) {
      throw fail(
          first.offset() + first.size(),
          "expected an archive as bpf-preload writes it, found another spelling or more");
    }
    return List.copyOf(files);
  }

  private static ImageFile file(ImageEntry entry) throws FormatException {
    try {
      return new ImageFile(entry.path(), (entry.mode() & EXECUTABLE) != 0, entry.content());
    } catch (IllegalArgumentException e) {
      throw fail(entry.offset(), "expected a path, found another name");
    }
  }

  /** Whether the writer makes the same entries, in the same order, of these files. */
  private static boolean isWritten(List<ImageFile> files, List<ImageEntry> entries)
      throws FormatException {
    try {
      Bytes again = InitramfsWriter.write(files);
      return ImageReader.read(again, SIZE_MOST).entries().equals(entries);
    } catch (IllegalArgumentException e) {
      throw fail(0, "expected each path once, found " + e.getMessage());
    }
  }

  /** How the image is packed. */
  public static Compression compression(Bytes image) throws FormatException {
    String id = ImageReader.read(image, SIZE_MOST).segments().getFirst().packing().id();
    return Compression.of(id)
        .orElseThrow(() -> fail(0, "expected none, gzip, xz or zstd, found " + id));
  }

  private static FormatException fail(long offset, String problem) {
    return new FormatException(FORMAT, "archive", offset, problem);
  }
}
