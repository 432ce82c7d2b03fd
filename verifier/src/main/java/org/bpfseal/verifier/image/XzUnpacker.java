// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bpfseal.verifier.bytes.Bytes;
import org.tukaani.xz.SingleXZInputStream;
import org.tukaani.xz.XZ;

/**
 * Unpacks one XZ stream as {@code unxz} of lib/decompress_unxz.c does at 7.3, which knows no check
 * but CRC32 and no filters but LZMA2 and those for machine code.
 */
final class XzUnpacker {
  private static final int PIECE = 1 << 12;
  private static final int MEMORY_MOST_KIB = 16 << 10;
  private static final int CHECK = 7;
  private static final int HEADER = 12;
  private static final int LZMA2 = 0x21;
  private static final int FILTERS = 3;
  private static final int SIZES_SHIFT = 6;
  private static final int FOOTER = 12;
  private static final int BACKWARD_SIZE = 4;

  private XzUnpacker() {}

  static UnpackResult unpack(Bytes packed, Pieces out) {
    if (packed.size() < HEADER || packed.at(CHECK) > XZ.CHECK_CRC32) {
      return new UnpackResult.Broken("expected CRC32, the kernel's only check, found another");
    }
    BytesStream in = new BytesStream(packed);
    byte[] piece = new byte[PIECE];
    try (InputStream unpacking = new SingleXZInputStream(in, MEMORY_MOST_KIB)) {
      int size = unpacking.readNBytes(piece, 0, PIECE);
      // On to the end even where no more is wanted: what it says of the blocks is there.
      while (size > 0 && !out.isFull()) {
        out.take(piece, size);
        size = unpacking.readNBytes(piece, 0, PIECE);
      }
      if (size > 0) {
        return new UnpackResult.Unknown("more than may be unpacked");
      }
    } catch (IOException | RuntimeException e) {
      return new UnpackResult.Unknown("damaged bytes: " + e.getMessage());
    }
    int used = packed.size() - in.available();
    return hasOtherFilters(packed.slice(0, used))
        ? new UnpackResult.Unknown("filters other than LZMA2")
        : new UnpackResult.Whole(used);
  }

  /** Goes through a whole stream's index: each block's size leads to the next one's header. */
  private static boolean hasOtherFilters(Bytes stream) {
    ByteBuffer index = stream.buffer();
    long indexSize =
        (stream.u32(stream.size() - FOOTER + BACKWARD_SIZE, ByteOrder.LITTLE_ENDIAN) + 1) * 4;
    index.position((int) (stream.size() - FOOTER - indexSize) + 1);
    long blocks = number(index);
    long block = HEADER;
    for (long i = 0; i < blocks; i++) {
      if (isOther(stream.from((int) block).buffer())) {
        return true;
      }
      block += (number(index) + 3) & ~3L;
      number(index);
    }
    return false;
  }

  /** Whether a block's header names a filter but LZMA2. */
  private static boolean isOther(ByteBuffer block) {
    int flags = block.get(1) & 0xff;
    block.position(2);
    for (int sizes = flags >> SIZES_SHIFT; sizes != 0; sizes &= sizes - 1) {
      number(block);
    }
    return (flags & FILTERS) != 0 || number(block) != LZMA2;
  }

  /** Seven bits a byte, the lowest first; the highest bit says that more follow. */
  private static long number(ByteBuffer in) {
    long number = 0;
    int shift = 0;
    byte part;
    do {
      part = in.get();
      number |= (part & 0x7fL) << shift;
      shift += 7;
    } while (part < 0);
    return number;
  }
}
