// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * How a segment is packed. The magic numbers are those of lib/decompress.c at 7.3; the methods that
 * can't be unpacked here are refused, never passed.
 */
public enum Packing {
  NONE("30"),
  GZIP("1f8b"),
  GZIP_OLD("1f9e"),
  BZIP2("425a"),
  LZMA("5d00"),
  XZ("fd37"),
  LZO("894c"),
  LZ4("0221"),
  ZSTD("28b5");

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

  /** Unpacks what begins the bytes. */
  UnpackResult unpack(Bytes packed, Pieces out) {
    return switch (this) {
      case GZIP -> GzipUnpacker.unpack(packed, out);
      // The kernel takes it for gzip, whose reader then refuses it.
      case GZIP_OLD -> new UnpackResult.Broken("expected a gzip header, found an older one");
      case XZ -> XzUnpacker.unpack(packed, out);
      case LZ4 -> Lz4Unpacker.unpack(packed, out);
      case ZSTD -> ZstdUnpacker.unpack(packed, out);
      case NONE, BZIP2, LZMA, LZO ->
          new UnpackResult.Unknown("what can't be unpacked here, so it isn't judged");
    };
  }
}
