// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.loader;

import java.nio.ByteOrder;
import java.util.BitSet;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * The instructions of a program that a loader loads. They name maps by their index, never by a
 * number of the caller's fd table, and kernel symbols only where the loader fills them in.
 */
final class FinalInsns {
  private static final int LOCAL_CALL = 1;
  private static final int KFUNC_CALL = 2;
  private static final int BTF_ID = 3;
  private static final int FUNCTION = 4;
  private static final int MAP_BY_INDEX = 5;
  private static final int MAP_VALUE_BY_INDEX = 6;
  private static final int SIZE = InsnReader.SIZE;

  private final Bytes insns;
  private final int start;
  private final ByteOrder order;
  private final BlobReader blob;
  private final BitSet filledIn = new BitSet();

  /**
   * @param start where they begin in the blob
   */
  FinalInsns(Bytes insns, int start, ByteOrder order, BlobReader blob) {
    this.insns = insns;
    this.start = start;
    this.order = order;
    this.blob = blob;
  }

  /** How the instruction at that place of the blob uses an extern; a place is used once. */
  Extern.Kind use(int at) throws FormatException {
    long offset = (long) at - start;
    if (offset < 0 || offset >= insns.size() || offset % SIZE != 0) {
      throw blob.fail(start, "expected an extern's place in the program, found byte " + at);
    }
    int index = (int) offset / SIZE;
    if (filledIn.get(index)) {
      throw blob.fail(at, "expected an instruction that isn't filled in yet");
    }
    filledIn.set(index);
    if (code(index) == Op.CALL && source(index) == KFUNC_CALL) {
      blob.expectZeros(at + 2, at + 8);
      return Extern.Kind.FUNCTION;
    }
    if (code(index) != Op.LD_IMM64 || index + 1 == insns.size() / SIZE) {
      throw blob.fail(at, "expected a call of a kfunc or a load of 64 bits");
    }
    if (source(index) == 0) {
      return Extern.Kind.UNTYPED;
    }
    blob.expectZeros(at + 2, at + 16);
    return Extern.Kind.TYPED;
  }

  /** Refuses instructions that name something by a number that the signer can't know. */
  void check(int mapCount) throws FormatException {
    int count = insns.size() / SIZE;
    for (int i = 0; i < count; i++) {
      if (code(i) == Op.CALL && !isGoodCall(i)) {
        throw blob.fail(start + i * SIZE, "expected a call whose target is known when signed");
      }
      if (code(i) == Op.LD_IMM64) {
        if (!isGoodLoad(i, mapCount) || i + 1 == count) {
          throw blob.fail(start + i * SIZE, "expected a load of 64 bits known when signed");
        }
        i++;
      }
    }
  }

  private boolean isGoodCall(int index) {
    return switch (source(index)) {
      case 0, LOCAL_CALL -> true;
      case KFUNC_CALL -> filledIn.get(index);
      default -> false;
    };
  }

  private boolean isGoodLoad(int index, int mapCount) {
    return switch (source(index)) {
      case 0, FUNCTION -> true;
      case BTF_ID -> filledIn.get(index);
      case MAP_BY_INDEX, MAP_VALUE_BY_INDEX -> insns.u32(index * SIZE + 4, order) < mapCount;
      default -> false;
    };
  }

  private int code(int index) {
    return insns.at(index * SIZE);
  }

  private int source(int index) {
    int registers = insns.at(index * SIZE + 1);
    return order == ByteOrder.BIG_ENDIAN ? registers & 15 : registers >> 4;
  }
}
