// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;
import org.bpfseal.verifier.bytes.Bytes;

/** Unpacks one Zstandard frame as {@code unzstd} of lib/decompress_unzstd.c does at 7.3. */
final class ZstdUnpacker {
  private static final int PIECE = 1 << 17;

  private ZstdUnpacker() {}

  static UnpackResult unpack(Bytes packed, Pieces out) {
    byte[] bytes = packed.toArray();
    long frame;
    try {
      frame = Zstd.findFrameCompressedSize(bytes, 0, bytes.length);
    } catch (RuntimeException e) {
      return new UnpackResult.Unknown("damaged bytes: " + e.getMessage());
    }
    if (frame <= 0 || frame > bytes.length) {
      return new UnpackResult.Unknown("no whole frame");
    }
    // The library reads ahead, so it gets one frame and no more.
    BytesStream in = new BytesStream(packed.slice(0, (int) frame));
    byte[] piece = new byte[PIECE];
    try (InputStream unpacking = new ZstdCompressorInputStream(in)) {
      int size = unpacking.readNBytes(piece, 0, PIECE);
      while (size > 0 && out.take(piece, size)) {
        size = unpacking.readNBytes(piece, 0, PIECE);
      }
    } catch (IOException | RuntimeException e) {
      return new UnpackResult.Unknown("damaged bytes: " + e.getMessage());
    }
    return new UnpackResult.Whole(frame);
  }
}
