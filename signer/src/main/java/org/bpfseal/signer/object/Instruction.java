// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.nio.ByteOrder;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * One BPF instruction, 8 bytes: opcode, two registers, s16 offset, s32 immediate. Registers are
 * nibbles: the source is the upper one in little endian, the lower one in big endian.
 */
public record Instruction(int opcode, int destination, int source, int offset, int immediate) {
  public static final int BYTES = 8;

  /** {@code BPF_JMP | BPF_CALL}. */
  public static final int CALL = 0x85;

  /** {@code BPF_LD | BPF_IMM | BPF_DW}: takes two slots. */
  public static final int LOAD_64 = 0x18;

  /** A source register of {@link #CALL}: a function of the same object. */
  public static final int PSEUDO_CALL = 1;

  /** Reads the instruction at an index. */
  public static Instruction at(Bytes code, int index, ByteOrder order) {
    int at = index * BYTES;
    int registers = code.at(at + 1);
    boolean little = order == ByteOrder.LITTLE_ENDIAN;
    return new Instruction(
        code.at(at),
        little ? registers & 15 : registers >> 4,
        little ? registers >> 4 : registers & 15,
        (short) code.u16(at + 2, order),
        code.i32(at + 4, order));
  }
}
