// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.loader;

import org.bpfseal.verifier.bytes.FormatException;

/**
 * The groups of instructions that loaders consist of, each read as a whole.
 *
 * <p>Registers: r6 is the context and r7 the last result during the whole run, r8 the address of
 * the instruction being relocated. Addresses of the blob are map values of the loader's one map.
 */
final class Blocks {
  /** Stack slots, from r10: the BTF's fd, an inner map's fd, then the programs' fds. */
  static final int BTF_FD = -136;

  static final int INNER_MAP_FD = -132;
  static final int PROGRAM_FDS = -128;

  /** The index of the first instruction of the cleanup, where failed steps go. */
  static final int CLEANUP = 7;

  private static final int MAP_VALUE_BY_INDEX = 6;
  private static final int FIND_BY_NAME_KIND = 167;
  private static final int SYS_BPF = 166;
  static final int SYS_CLOSE = 168;

  private final InsnReader in;

  Blocks(InsnReader in) {
    this.in = in;
  }

  /** r{dst} = address of the blob's byte x; gives x. */
  int address(int dst) throws FormatException {
    in.expect(Op.LD_IMM64, dst, MAP_VALUE_BY_INDEX, 0, 0);
    return in.expectImm(0, 0, 0, 0);
  }

  void address(int dst, int x) throws FormatException {
    in.expect(Op.LD_IMM64, dst, MAP_VALUE_BY_INDEX, 0, 0);
    in.expect(0, 0, 0, 0, x);
  }

  /** Whether the next instruction is r{dst} = address of some byte of the blob. */
  boolean isAddress(int dst) {
    return in.isNext(Op.LD_IMM64, dst, MAP_VALUE_BY_INDEX);
  }

  /** The 64-bit field of the blob at {@code at} becomes the address of its byte x. */
  void storeAddress(int at, int x) throws FormatException {
    address(0, x);
    address(1, at);
    in.expect(Op.STX_DW, 1, 0, 0, 0);
  }

  /** Some 64-bit field of the blob becomes the address of its byte x; gives the field's place. */
  int storeAddress(int x) throws FormatException {
    address(0, x);
    int at = address(1);
    in.expect(Op.STX_DW, 1, 0, 0, 0);
    return at;
  }

  /** The field at {@code at} becomes the address of some byte; gives that byte's place. */
  int storeSomeAddress(int at) throws FormatException {
    int x = address(0);
    address(1, at);
    in.expect(Op.STX_DW, 1, 0, 0, 0);
    return x;
  }

  /** Copies 4 bytes of the blob. */
  void copy(int to, int from) throws FormatException {
    address(2, from);
    in.expect(Op.LDX_W, 0, 2, 0, 0);
    address(1, to);
    in.expect(Op.STX_W, 1, 0, 0, 0);
  }

  /** Copies 2 bytes of the blob. */
  void copyHalf(int to, int from) throws FormatException {
    address(2, from);
    in.expect(Op.LDX_H, 0, 2, 0, 0);
    address(1, to);
    in.expect(Op.STX_H, 1, 0, 0, 0);
  }

  /** Copies the log level that the caller wants to some place of the blob; gives the place. */
  int logLevel() throws FormatException {
    in.expect(Op.LDX_W, 0, 6, 8, 0);
    int to = address(1);
    in.expect(Op.STX_W, 1, 0, 0, 0);
    return to;
  }

  /** Copies 4 bytes of the context into the blob unless they are 0. */
  void fromContextUnlessZero(int to, int at) throws FormatException {
    in.expect(Op.LDX_W, 0, 6, at, 0);
    in.expect(Op.JEQ_IMM, 0, 0, 3, 0);
    address(1, to);
    in.expect(Op.STX_W, 1, 0, 0, 0);
  }

  /** Copies the log's size and address. */
  void log(int size, int buffer) throws FormatException {
    in.expect(Op.LDX_W, 0, 6, 12, 0);
    address(1, size);
    in.expect(Op.STX_W, 1, 0, 0, 0);
    in.expect(Op.LDX_DW, 0, 6, 16, 0);
    address(1, buffer);
    in.expect(Op.STX_DW, 1, 0, 0, 0);
  }

  /** Copies 4 bytes of the stack into the blob. */
  void fromStack(int to, int slot) throws FormatException {
    in.expect(Op.LDX_W, 0, 10, slot, 0);
    address(1, to);
    in.expect(Op.STX_W, 1, 0, 0, 0);
  }

  /** r7 = bpf(command, attribute, size). */
  void bpf(int command, int attribute, int size) throws FormatException {
    in.expect(Op.MOV_IMM, 1, 0, 0, command);
    address(2, attribute);
    in.expect(Op.MOV_IMM, 3, 0, 0, size);
    in.expect(Op.CALL, 0, 0, 0, SYS_BPF);
    in.expect(Op.MOV, 7, 0, 0, 0);
  }

  /** To the cleanup if r7 is negative. */
  void check() throws FormatException {
    in.expect(Op.JSLT_IMM, 7, 0, CLEANUP - in.index() - 1, 0);
  }

  boolean isCheck() {
    return in.isNext(Op.JSLT_IMM, 7, 0);
  }

  /** Closes the fd in a stack slot, if there is one. */
  void closeStack(int slot) throws FormatException {
    in.expect(Op.LDX_W, 1, 10, slot, 0);
    close();
  }

  /** Closes the fd in the blob at x, if there is one. */
  void closeBlob(int x) throws FormatException {
    address(0, x);
    in.expect(Op.LDX_W, 1, 0, 0, 0);
    close();
  }

  private void close() throws FormatException {
    in.expect(Op.JSLE_IMM, 1, 0, 2, 0);
    in.expect(Op.MOV, 9, 1, 0, 0);
    in.expect(Op.CALL, 0, 0, 0, SYS_CLOSE);
  }

  /** r7 = the number of the kernel's type with this name; gives the kind that is looked for. */
  int find(int name, int lengthWithNul) throws FormatException {
    address(1, name);
    in.expect(Op.MOV_IMM, 2, 0, 0, lengthWithNul);
    int kind = in.expectImm(Op.MOV_IMM, 3, 0, 0);
    in.expect(Op.MOV_IMM, 4, 0, 0, 0);
    in.expect(Op.CALL, 0, 0, 0, FIND_BY_NAME_KIND);
    in.expect(Op.MOV, 7, 0, 0, 0);
    return kind;
  }
}
