// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.image;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.tukaani.xz.XZInputStream;

/**
 * Reads what {@link InitramfsWriter} and {@link Compression} have written, and nothing else: an
 * archive that isn't in its one spelling is refused, and so is one with a further segment, which
 * could replace files of the first.
 */
public final class InitramfsReader {
  /** Most bytes of an unpacked archive. */
  public static final int SIZE_MOST = 64 << 20;

  private static final String FORMAT = "preload image";
  private static final Bytes NEWC = Bytes.utf8("070701");
  private static final Bytes GZIP = Bytes.hex("1f8b");
  private static final Bytes XZ = Bytes.hex("fd377a585a00");
  private static final Bytes ZSTD = Bytes.hex("28b52ffd");
  private static final int XZ_MEMORY_KIB = 16 << 10;
  private static final int ZSTD_WINDOW_LOG = 23;
  private static final int HEADER_SIZE = 110;
  private static final String TRAILER = "TRAILER!!!";

  private final Bytes archive;
  private final List<ImageFile> files = new ArrayList<>();
  private int at;

  private InitramfsReader(Bytes archive) {
    this.archive = archive;
  }

  /**
   * The regular files, sorted by path.
   *
   * @throws FormatException if the image isn't one that {@code bpf-preload build} makes
   */
  public static List<ImageFile> read(Bytes image) throws FormatException {
    Bytes archive = unpacked(image);
    InitramfsReader reader = new InitramfsReader(archive);
    reader.readEntries();
    List<ImageFile> files = List.copyOf(reader.files);
    try {
      if (InitramfsWriter.write(files).equals(archive)) {
        return files;
      }
    } catch (IllegalArgumentException e) {
      throw fail(0, "expected each path once, found " + e.getMessage());
    }
    throw fail(
        reader.at, "expected an archive as bpf-preload writes it, found another spelling or more");
  }

  /** How the image is packed. */
  public static Compression compression(Bytes image) throws FormatException {
    if (image.startsWith(NEWC)) {
      return Compression.NONE;
    }
    if (image.startsWith(GZIP)) {
      return Compression.GZIP;
    }
    if (image.startsWith(XZ)) {
      return Compression.XZ;
    }
    if (image.startsWith(ZSTD)) {
      return Compression.ZSTD;
    }
    throw fail(0, "expected a newc archive or one packed by gzip, xz or zstd, found other bytes");
  }

  private static Bytes unpacked(Bytes image) throws FormatException {
    Compression compression = compression(image);
    if (compression == Compression.NONE) {
      return image;
    }
    try (InputStream in = unpacking(compression, new ByteArrayInputStream(image.toArray()))) {
      byte[] bytes = in.readNBytes(SIZE_MOST);
      if (in.read() >= 0) {
        throw fail(0, "expected at most " + SIZE_MOST + " bytes unpacked, found more");
      }
      return Bytes.owning(bytes);
    } catch (IOException e) {
      throw fail(0, "expected whole " + compression.id() + " data, found: " + e.getMessage());
    }
  }

  private static InputStream unpacking(Compression compression, InputStream in) throws IOException {
    return switch (compression) {
      case NONE -> in;
      case GZIP ->
          GzipCompressorInputStream.builder()
              .setInputStream(in)
              .setDecompressConcatenated(true)
              .get();
      case XZ -> new XZInputStream(in, XZ_MEMORY_KIB);
      case ZSTD -> new ZstdInputStreamNoFinalizer(in).setLongMax(ZSTD_WINDOW_LOG);
    };
  }

  private void readEntries() throws FormatException {
    while (true) {
      int start = at;
      Bytes header = take(HEADER_SIZE);
      if (!header.startsWith(NEWC)) {
        throw fail(start, "expected 070701, found another entry");
      }
      int nameSize = number(header, 94);
      int size = number(header, 54);
      Bytes name = take(nameSize);
      align();
      Bytes content = take(size);
      align();
      String path = path(name, start);
      if (path.equals(TRAILER)) {
        return;
      }
      int mode = number(header, 14);
      if ((mode & 0170000) == 0100000) {
        add(path, (mode & 0111) != 0, content, start);
      }
    }
  }

  private void add(String path, boolean executable, Bytes content, int start)
      throws FormatException {
    try {
      files.add(new ImageFile(path, executable, content));
    } catch (IllegalArgumentException e) {
      throw fail(start, "expected a path, found another name");
    }
  }

  private static String path(Bytes name, int start) throws FormatException {
    if (name.isEmpty() || name.indexOf(0, 0) != name.size() - 1) {
      throw fail(start, "expected a name that ends with its NUL, found another one");
    }
    return new String(name.slice(0, name.size() - 1).toArray(), StandardCharsets.ISO_8859_1);
  }

  private Bytes take(int size) throws FormatException {
    if (size > archive.size() - at) {
      throw fail(at, "expected " + size + " bytes, found " + (archive.size() - at));
    }
    at += size;
    return archive.slice(at - size, at);
  }

  private void align() {
    at = Math.min(archive.size(), (at + 3) & ~3);
  }

  /** Eight hex digits; one that is too large for any archive here is refused with the sizes. */
  private static int number(Bytes header, int offset) throws FormatException {
    int number = 0;
    for (int i = offset; i < offset + 8; i++) {
      int digit = Character.digit(header.at(i), 16);
      if (digit < 0 || number >= 1 << 27) {
        throw fail(
            offset, "expected a number of 8 hex digits within the archive, found another one");
      }
      number = number << 4 | digit;
    }
    return number;
  }

  private static FormatException fail(long offset, String problem) {
    return new FormatException(FORMAT, "archive", offset, problem);
  }
}
