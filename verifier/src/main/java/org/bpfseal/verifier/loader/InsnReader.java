// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.loader;

import java.nio.ByteOrder;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * A cursor over instructions that says which one was expected.
 *
 * <pre>
 *   0  opcode
 *   1  registers: destination in the low and source in the high four bits; swapped in big endian
 *   2  offset, 16 bits, signed
 *   4  immediate, 32 bits, signed
 * </pre>
 */
final class InsnReader {
  static final int SIZE = 8;
  private static final String FORMAT = "loader";

  private final Bytes insns;
  private final ByteOrder order;
  private String path = FORMAT;
  private int index;

  private InsnReader(Bytes insns, ByteOrder order) {
    this.insns = insns;
    this.order = order;
  }

  /** The byte order shows in the registers of the first instruction, r6 = r1. */
  static InsnReader of(Bytes insns) throws FormatException {
    int size = insns.size();
    if (size == 0 || size % SIZE != 0) {
      throw new FormatException(
          FORMAT, FORMAT, 0, "expected whole instructions of 8 bytes, found " + size + " bytes");
    }
    return new InsnReader(
        insns, insns.at(1) == 0x61 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
  }

  ByteOrder order() {
    return order;
  }

  /** The index of the next instruction. */
  int index() {
    return index;
  }

  boolean atEnd() {
    return index * SIZE == insns.size();
  }

  /** What the following instructions are for, in errors. */
  void enter(String part) {
    path = part;
  }

  /** Whether the next instruction has this opcode and these registers. */
  boolean isNext(int code, int dst, int src) {
    return !atEnd() && code() == code && registers() == registers(dst, src);
  }

  boolean isNextLoad(int code, int dst, int src, int off) {
    return isNext(code, dst, src) && off() == off;
  }

  /** Moves behind the next instruction, which must be this one. */
  void expect(int code, int dst, int src, int off, int imm) throws FormatException {
    if (atEnd()
        || code() != code
        || registers() != registers(dst, src)
        || off() != off
        || imm() != imm) {
      throw fail("expected " + text(code, registers(dst, src), off, imm));
    }
    index++;
  }

  /** Moves behind the next instruction, which must be this one but for its immediate. */
  int expectImm(int code, int dst, int src, int off) throws FormatException {
    if (atEnd() || code() != code || registers() != registers(dst, src) || off() != off) {
      throw fail("expected " + text(code, registers(dst, src), off, 0) + " or another imm");
    }
    int imm = imm();
    index++;
    return imm;
  }

  /** Moves behind the next instruction, which must be a jump always taken; gives its distance. */
  int jump() throws FormatException {
    if (atEnd() || code() != Op.JA || registers() != 0 || imm() != 0) {
      throw fail("expected " + text(Op.JA, 0, 0, 0) + " or another off");
    }
    int off = off();
    index++;
    return off;
  }

  /** The immediate of the instruction behind the next one, or 0 if there is none. */
  int secondImm() {
    int at = (index + 1) * SIZE;
    return at < insns.size() ? insns.i32(at + 4, order) : 0;
  }

  /** The refusal of the next instruction. */
  FormatException fail(String expected) {
    String found = atEnd() ? "the end" : text(code(), registers(), off(), imm());
    return new FormatException(FORMAT, path, (long) index * SIZE, expected + ", found " + found);
  }

  private int code() {
    return insns.at(index * SIZE);
  }

  private int registers() {
    return insns.at(index * SIZE + 1);
  }

  private int off() {
    return (short) insns.u16(index * SIZE + 2, order);
  }

  private int imm() {
    return insns.i32(index * SIZE + 4, order);
  }

  private int registers(int dst, int src) {
    return order == ByteOrder.BIG_ENDIAN ? dst << 4 | src : src << 4 | dst;
  }

  private String text(int code, int registers, int off, int imm) {
    boolean big = order == ByteOrder.BIG_ENDIAN;
    int dst = big ? registers >> 4 : registers & 15;
    int src = big ? registers & 15 : registers >> 4;
    return "insn %02x dst=%d src=%d off=%d imm=%d".formatted(code, dst, src, off, imm);
  }
}
