// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.Deflater;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorOutputStream;
import org.bpfseal.verifier.bytes.Bytes;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/**
 * How an archive is packed, within what the kernel's decompressors take ({@code lib/decompress_*.c}
 * of 7.3). The archive is the same in all.
 */
public enum Compression {
  /** As it is. */
  NONE {
    @Override
    OutputStream over(OutputStream out) {
      return out;
    }
  },

  /** Without name and time. The bytes are those of this Java's zlib. */
  GZIP {
    @Override
    OutputStream over(OutputStream out) throws IOException {
      GzipParameters parameters = new GzipParameters();
      parameters.setCompressionLevel(Deflater.BEST_COMPRESSION);
      parameters.setOS(GzipParameters.OS.UNKNOWN);
      return new GzipCompressorOutputStream(out, parameters);
    }
  },

  /** The kernel knows no check but CRC32, and gets its dictionary in one piece. */
  XZ {
    @Override
    OutputStream over(OutputStream out) throws IOException {
      LZMA2Options options = new LZMA2Options(LZMA2Options.PRESET_DEFAULT);
      options.setDictSize(XZ_DICTIONARY);
      return new XZOutputStream(out, options, org.tukaani.xz.XZ.CHECK_CRC32);
    }
  },

  /** Its window stays within 8 MiB, what every kernel allows. */
  ZSTD {
    @Override
    OutputStream over(OutputStream out) throws IOException {
      return ZstdCompressorOutputStream.builder()
          .setOutputStream(out)
          .setLevel(ZSTD_LEVEL)
          .setWindowLog(ZSTD_WINDOW_LOG)
          .setChecksum(true)
          .get();
    }
  };

  private static final int XZ_DICTIONARY = 1 << 20;
  private static final int ZSTD_LEVEL = 19;
  private static final int ZSTD_WINDOW_LOG = 23;

  private final String id = name().toLowerCase(Locale.ROOT);

  /** As the option spells it. */
  public String id() {
    return id;
  }

  /** The compression of that name, if there is one. */
  public static Optional<Compression> of(String id) {
    return Arrays.stream(values()).filter(value -> value.id.equals(id)).findFirst();
  }

  abstract OutputStream over(OutputStream out) throws IOException;

  /** The packed archive. */
  public Bytes compress(Bytes archive) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = over(packed)) {
      out.write(archive.toArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Bytes.owning(packed.toByteArray());
  }
}
