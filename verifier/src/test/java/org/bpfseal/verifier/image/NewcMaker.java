// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.bpfseal.verifier.bytes.Bytes;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZOutputStream;

/** Writes newc archives, good and odd ones, field by field. */
public final class NewcMaker {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private int inode = 721;

  public NewcMaker folder(String path) {
    return entry(path, 040755, 2, Bytes.EMPTY);
  }

  public NewcMaker file(String path, Bytes content) {
    return entry(path, 0100644, 1, content);
  }

  NewcMaker symbolicLink(String path, String target) {
    return entry(path, 0120777, 1, Bytes.utf8(target));
  }

  /** Any entry. */
  public NewcMaker entry(String path, int mode, int links, Bytes content) {
    Bytes name = Bytes.utf8(path + "\0");
    String header =
        "070701%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x"
            .formatted(inode++, mode, 0, 0, links, 0, content.size(), 3, 1, 0, 0, name.size(), 0);
    out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(name.toArray());
    pad();
    out.writeBytes(content.toArray());
    pad();
    return this;
  }

  private void pad() {
    while (out.size() % 4 != 0) {
      out.write(0);
    }
  }

  /** The archive, its trailer behind it. */
  public Bytes finish() {
    entry("TRAILER!!!", 0, 1, Bytes.EMPTY);
    while (out.size() % 512 != 0) {
      out.write(0);
    }
    return Bytes.owning(out.toByteArray());
  }

  /** Packed as plain, gzip, zstd, xz or xz-crc64. */
  public static Bytes packed(String how, Bytes archive) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream packing = over(how, packed)) {
      packing.write(archive.toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bytes.owning(packed.toByteArray());
  }

  private static OutputStream over(String how, OutputStream out) throws IOException {
    return switch (how) {
      case "plain" -> out;
      case "gzip" -> new GzipCompressorOutputStream(out);
      case "zstd" -> ZstdCompressorOutputStream.builder().setOutputStream(out).get();
      case "xz" -> new XZOutputStream(out, new LZMA2Options(0), XZ.CHECK_CRC32);
      case "xz-crc64" -> new XZOutputStream(out, new LZMA2Options(0), XZ.CHECK_CRC64);
      default -> throw new IllegalArgumentException(how);
    };
  }
}
