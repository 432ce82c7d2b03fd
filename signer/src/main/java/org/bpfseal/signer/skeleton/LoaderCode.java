// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import java.nio.ByteOrder;
import org.bpfseal.signer.object.ObjectRefusedException;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * The loader's instructions under construction, and the few sequences that they consist of.
 *
 * <p>Registers: r6 holds the context for the whole run, r7 the result of the last system call or
 * lookup, r8 the address of an instruction that is being completed, r9 is scratch. An address in
 * the blob is a 64-bit load of "the value of map 0" with the offset in its second half.
 */
final class LoaderCode {
  static final int MAP_CREATE_SIZE = 72;
  static final int PROG_LOAD_SIZE = 140;

  /** Stack: descriptor of the BTF, of an inner map, of up to 32 programs. */
  static final int STACK_SIZE = 136;

  static final int STACK_BTF = -136;
  static final int STACK_INNER_MAP = -132;
  static final int STACK_PROGRAMS = -128;

  static final int R0 = 0;
  static final int R1 = 1;
  static final int R2 = 2;
  static final int R3 = 3;
  static final int R4 = 4;
  static final int CONTEXT = 6;
  static final int RESULT = 7;
  static final int INSTRUCTION = 8;
  static final int SCRATCH = 9;
  static final int FRAME = 10;

  static final int CALL = 0x85;
  static final int MOVE = 0xb7;
  static final int MOVE_REGISTER = 0xbf;
  static final int SHIFT_RIGHT = 0x77;
  static final int JUMP = 0x05;
  static final int JUMP_IF_EQUAL = 0x15;
  static final int JUMP_IF_NOT_EQUAL = 0x55;
  static final int JUMP_IF_NOT_EQUAL_REGISTER = 0x5d;
  static final int JUMP_IF_SET = 0x45;
  static final int JUMP_IF_NOT_NEGATIVE = 0x75;
  static final int JUMP_IF_NEGATIVE = 0xc5;
  static final int JUMP_IF_NOT_POSITIVE = 0xd5;
  static final int LOAD_8 = 0x71;
  static final int LOAD_32 = 0x61;
  static final int LOAD_64 = 0x79;
  static final int STORE_8 = 0x73;
  static final int STORE_32 = 0x63;
  static final int STORE_64 = 0x7b;
  static final int STORE_VALUE_32 = 0x62;
  static final int STORE_VALUE_16 = 0x6a;
  static final int AND_32 = 0x54;
  static final int ADD = 0x07;
  static final int EXIT = 0x95;

  static final int PROBE_READ_KERNEL = 113;
  static final int COPY_FROM_USER = 148;
  static final int SYS_BPF = 166;
  static final int BTF_FIND_BY_NAME_KIND = 167;
  static final int SYS_CLOSE = 168;
  static final int KALLSYMS_LOOKUP_NAME = 179;

  static final int SRC_MAP_INDEX = 5;
  static final int LOAD_IMMEDIATE = 0x18;

  private static final int SRC_MAP_INDEX_VALUE = 6;
  private static final int BYTES = 8;

  private final GrowingBytes bytes;
  private int cleanup;

  LoaderCode(ByteOrder order, int capacity) {
    bytes = new GrowingBytes(order, capacity);
  }

  boolean isLittleEndian() {
    return bytes.isLittleEndian();
  }

  /** Index of the next instruction. */
  int index() {
    return bytes.size() / BYTES;
  }

  Bytes finish() {
    return bytes.finish();
  }

  /** Says that the next instruction is where all failures jump to. */
  void markCleanup() {
    cleanup = index();
  }

  void add(int opcode, int destination, int source, int offset, int immediate) {
    int at = bytes.extend(BYTES);
    boolean little = bytes.isLittleEndian();
    bytes.setByte(at, opcode);
    bytes.setByte(at + 1, little ? source << 4 | destination : destination << 4 | source);
    bytes.setByte(at + 2, little ? offset : offset >> 8);
    bytes.setByte(at + 3, little ? offset >> 8 : offset);
    bytes.setInt(at + 4, immediate);
  }

  void move(int destination, int immediate) {
    add(MOVE, destination, 0, 0, immediate);
  }

  void moveRegister(int destination, int source) {
    add(MOVE_REGISTER, destination, source, 0, 0);
  }

  void call(int helper) {
    add(CALL, 0, 0, 0, helper);
  }

  void jump(int distance) throws ObjectRefusedException {
    add(JUMP, 0, 0, near(distance), 0);
  }

  void load(int opcode, int destination, int source, int offset) {
    add(opcode, destination, source, offset, 0);
  }

  void store(int opcode, int destination, int offset, int source) {
    add(opcode, destination, source, offset, 0);
  }

  /** The address of an offset in the blob. */
  void address(int register, int offset) {
    add(LOAD_IMMEDIATE, register, SRC_MAP_INDEX_VALUE, 0, 0);
    add(0, 0, 0, 0, offset);
  }

  /** Writes the address of one item into another. */
  void storeAddress(int to, int item) {
    address(R0, item);
    address(R1, to);
    store(STORE_64, R1, 0, R0);
  }

  /** Copies 4 bytes from the blob to the blob. */
  void copyInBlob(int to, int from) {
    address(R2, from);
    load(LOAD_32, R0, R2, 0);
    address(R1, to);
    store(STORE_32, R1, 0, R0);
  }

  /** Copies 2 bytes from the blob to the blob. */
  void copyHalfInBlob(int to, int from) {
    address(R2, from);
    load(0x69, R0, R2, 0);
    address(R1, to);
    store(0x6b, R1, 0, R0);
  }

  /** Copies 4 bytes from the context to the blob. */
  void copyFromContext(int to, int offset) {
    load(LOAD_32, R0, CONTEXT, offset);
    address(R1, to);
    store(STORE_32, R1, 0, R0);
  }

  /** Copies 4 bytes from the context to the blob unless they are 0. */
  void copyFromContextIfSet(int to, int offset) {
    load(LOAD_32, R0, CONTEXT, offset);
    add(JUMP_IF_EQUAL, R0, 0, 3, 0);
    address(R1, to);
    store(STORE_32, R1, 0, R0);
  }

  /** Copies 8 bytes from the context to the blob. */
  void copyAddressFromContext(int to, int offset) {
    load(LOAD_64, R0, CONTEXT, offset);
    address(R1, to);
    store(STORE_64, R1, 0, R0);
  }

  /** Copies 4 bytes from the stack to the blob. */
  void copyFromStack(int to, int offset) {
    load(LOAD_32, R0, FRAME, offset);
    address(R1, to);
    store(STORE_32, R1, 0, R0);
  }

  /** {@code bpf(command, attributes, size)}; the result is in r7. */
  void systemCall(int command, int attributes, int size) {
    move(R1, command);
    address(R2, attributes);
    move(R3, size);
    call(SYS_BPF);
    moveRegister(RESULT, R0);
  }

  /** Goes to the cleanup if the last result is an error. */
  void check() throws ObjectRefusedException {
    add(JUMP_IF_NEGATIVE, RESULT, 0, toCleanup(), 0);
  }

  /** The distance from the next instruction to the cleanup. */
  int toCleanup() throws ObjectRefusedException {
    return near(cleanup - index() - 1);
  }

  private static int near(int distance) throws ObjectRefusedException {
    if (distance < Short.MIN_VALUE || distance > Short.MAX_VALUE) {
      throw ObjectRefusedException.ofObject(
          "its loader has more instructions than a jump can cross",
          "split the object, or use fewer functions and variables of the kernel");
    }
    return distance;
  }

  /** Looks a name up in the BTF of kernel and modules; the result is in r7. */
  void find(BlobLayout.Lookup lookup) {
    address(R1, lookup.name().at());
    move(R2, lookup.name().length());
    move(R3, lookup.kind());
    move(R4, 0);
    call(BTF_FIND_BY_NAME_KIND);
    moveRegister(RESULT, R0);
  }

  /** Closes a descriptor on the stack and empties its slot in no way. */
  void closeOnStack(int offset) {
    load(LOAD_32, R1, FRAME, offset);
    close();
  }

  /** Closes a descriptor in the blob. */
  void closeInBlob(int offset) {
    address(R0, offset);
    load(LOAD_32, R1, R0, 0);
    close();
  }

  private void close() {
    add(JUMP_IF_NOT_POSITIVE, R1, 0, 2, 0);
    moveRegister(SCRATCH, R1);
    call(SYS_CLOSE);
  }

  /** Splits a lookup's result: the id into one place, the descriptor of its BTF into another. */
  void storeResultHalves(int register, int low, int high) {
    store(STORE_32, register, low, RESULT);
    add(SHIFT_RIGHT, RESULT, 0, 0, 32);
    store(STORE_32, register, high, RESULT);
  }
}
