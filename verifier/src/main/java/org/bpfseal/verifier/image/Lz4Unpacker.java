// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.nio.ByteOrder;
import java.util.Arrays;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Unpacks LZ4's legacy frame as {@code unlz4} of lib/decompress_unlz4.c does at 7.3.
 *
 * <pre>
 *   4  magic number 0x184c2102, as often as one likes
 *   4  size of the packed block, little-endian; 0 or fewer than 4 bytes end the frame
 *      the block: sequences of token, literals, offset, match (lz4_Block_format.md)
 * </pre>
 *
 * <p>Only blocks that keep to the format's rules for a block's end are unpacked: the rest is what
 * decoders disagree on.
 */
final class Lz4Unpacker {
  private static final long MAGIC = 0x184c2102L;
  private static final int BLOCK_MOST = 8 << 20;
  private static final int EXTENDED = 15;
  private static final int MORE = 255;
  private static final int MATCH_LEAST = 4;

  /** What must follow the literals of every sequence but the last. */
  private static final int TAIL_LEAST = 8;

  private final Bytes in;
  private byte[] out = new byte[1 << 16];
  private int at;
  private int end;
  private int size;

  private Lz4Unpacker(Bytes in) {
    this.in = in;
  }

  static UnpackResult unpack(Bytes packed, Pieces pieces) {
    return new Lz4Unpacker(packed).unpack(pieces);
  }

  private UnpackResult unpack(Pieces pieces) {
    if (in.size() < 4 || number() != MAGIC) {
      return new UnpackResult.Broken("expected the legacy frame of LZ4, found another");
    }
    at = 4;
    while (in.size() - at >= 4 && number() != 0) {
      long block = number();
      at += 4;
      if (block == MAGIC) {
        continue;
      }
      if (block > in.size() - at) {
        return new UnpackResult.Unknown("a block that goes on behind the end");
      }
      end = at + (int) block;
      if (!block()) {
        return new UnpackResult.Unknown("damaged bytes");
      }
      if (!pieces.take(out, size)) {
        break;
      }
    }
    return new UnpackResult.Whole(at);
  }

  private long number() {
    return in.u32(at, ByteOrder.LITTLE_ENDIAN);
  }

  /** Whether the block is sound; what it holds is then in the buffer. */
  private boolean block() {
    size = 0;
    while (at < end) {
      int token = in.at(at++);
      int literals = length(token >> 4, EXTENDED);
      if (literals < 0 || literals > end - at || !room(literals)) {
        return false;
      }
      in.slice(at, at + literals).copyTo(out, size);
      at += literals;
      size += literals;
      if (at == end) {
        return true;
      }
      if (end - at < TAIL_LEAST || !match(token & EXTENDED)) {
        return false;
      }
    }
    return false;
  }

  private boolean match(int code) {
    int offset = in.at(at) | in.at(at + 1) << 8;
    at += 2;
    int rest = length(code, TAIL_LEAST - 3);
    if (rest < 0 || offset == 0 || offset > size || !room(rest + MATCH_LEAST)) {
      return false;
    }
    for (int i = 0; i < rest + MATCH_LEAST; i++) {
      out[size] = out[size - offset];
      size++;
    }
    return true;
  }

  /**
   * A length of more than 14 goes on in further bytes.
   *
   * @param left bytes that must be there behind each of these
   * @return -1 if they aren't
   */
  private int length(int code, int left) {
    int length = code;
    int part = code == EXTENDED ? MORE : 0;
    while (part == MORE) {
      if (end - at <= left || length > BLOCK_MOST) {
        return -1;
      }
      part = in.at(at++);
      length += part;
    }
    return length;
  }

  private boolean room(int more) {
    if (more > BLOCK_MOST - size) {
      return false;
    }
    if (size + more > out.length) {
      out = Arrays.copyOf(out, Math.max(size + more, Math.min(BLOCK_MOST, out.length * 2)));
    }
    return true;
  }
}
