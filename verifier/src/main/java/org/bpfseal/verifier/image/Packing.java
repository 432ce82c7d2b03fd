// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.tukaani.xz.SingleXZInputStream;

/**
 * How a segment is packed. The magic numbers are those of lib/decompress.c at 7.3; the methods that
 * can't be unpacked here are refused, never passed.
 */
public enum Packing {
  NONE("30"),
  GZIP("1f8b") {
    @Override
    InputStream over(Bytes packed, BytesStream in) throws IOException {
      // The kernel passes over a name and takes all else behind the header for packed bytes.
      if (packed.size() > GZIP_FLAGS && (packed.at(GZIP_FLAGS) & ~GZIP_NAME) != 0) {
        throw new IOException("a header with more than a name, which the kernel doesn't know");
      }
      // Takes one member and leaves the input right behind it.
      return GzipCompressorInputStream.builder().setInputStream(in).get();
    }
  },
  GZIP_OLD("1f9e"),
  BZIP2("425a"),
  LZMA("5d00"),
  XZ("fd37") {
    @Override
    InputStream over(Bytes packed, BytesStream in) throws IOException {
      if (packed.size() > XZ_CHECK && packed.at(XZ_CHECK) != org.tukaani.xz.XZ.CHECK_CRC32) {
        throw new IOException("a check other than CRC32, the kernel's only one");
      }
      return new SingleXZInputStream(in, MEMORY_MOST / 1024);
    }
  },
  LZO("894c"),
  LZ4("0221"),
  ZSTD("28b5") {
    @Override
    InputStream over(Bytes packed, BytesStream in) throws IOException {
      return new ZstdCompressorInputStream(in);
    }

    // The library reads ahead, so it gets one frame and no more.
    @Override
    long frameSize(Bytes packed) {
      byte[] bytes = packed.toArray();
      return com.github.luben.zstd.Zstd.findFrameCompressedSize(bytes, 0, bytes.length);
    }
  };

  private static final int MEMORY_MOST = 16 << 20;
  private static final int CHUNK = 1 << 16;
  private static final int GZIP_FLAGS = 3;
  private static final int GZIP_NAME = 8;
  private static final int XZ_CHECK = 7;

  private final String magic;
  private final String id = name().toLowerCase(Locale.ROOT).replace('_', ' ');

  Packing(String magic) {
    this.magic = magic;
  }

  public String id() {
    return id;
  }

  /** The packing whose magic number stands at the beginning. */
  static Optional<Packing> of(Bytes bytes) {
    return Arrays.stream(values())
        .filter(packing -> bytes.startsWith(Bytes.hex(packing.magic)))
        .findFirst();
  }

  /** What was unpacked, and how many bytes of the input that took. */
  record Unpacked(Bytes content, int used) {}

  InputStream over(Bytes packed, BytesStream in) throws IOException {
    throw new IOException(id + " can't be unpacked here, so it isn't judged");
  }

  long frameSize(Bytes packed) {
    return packed.size();
  }

  /**
   * Unpacks what begins the bytes.
   *
   * @param offset of the bytes in the file
   * @param most bytes that it may become
   */
  Unpacked unpack(Bytes packed, long offset, int most) throws FormatException {
    long frame = frame(packed, offset);
    BytesStream in = new BytesStream(packed.slice(0, (int) frame));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] chunk = new byte[CHUNK];
    try (InputStream unpacking = over(packed, in)) {
      for (int got = unpacking.read(chunk); got >= 0; got = unpacking.read(chunk)) {
        if (got > most - out.size()) {
          throw new FormatException(
              "image", id, offset, "expected at most " + most + " bytes unpacked, found more");
        }
        out.write(chunk, 0, got);
      }
    } catch (IOException | RuntimeException e) {
      throw fault(offset, e);
    }
    return new Unpacked(Bytes.owning(out.toByteArray()), (int) frame - in.available());
  }

  private long frame(Bytes packed, long offset) throws FormatException {
    long frame;
    try {
      frame = frameSize(packed);
    } catch (RuntimeException e) {
      throw fault(offset, e);
    }
    if (frame <= 0 || frame > packed.size()) {
      throw new FormatException("image", id, offset, "expected a whole frame, found none");
    }
    return frame;
  }

  /** The libraries answer odd input with exceptions of all kinds. */
  private FormatException fault(long offset, Exception e) {
    return new FormatException(
        "image", id, offset, "expected packed bytes, found a fault: " + e.getMessage());
  }
}
