// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

/** What one instruction refers to. */
public sealed interface Relocation {
  /** Index of the instruction in its function. */
  int instruction();

  /** The address of a map. */
  record MapAddress(int instruction, int map) implements Relocation {}

  /**
   * The address of a global variable.
   *
   * @param map of its section
   * @param offset in it, to which the instruction's immediate is added
   */
  record VariableAddress(int instruction, int map, int offset) implements Relocation {}

  /** The address, or value, of an extern. */
  record ExternAddress(int instruction, Extern extern) implements Relocation {}

  /** A call of a function of the kernel. */
  record ExternCall(int instruction, Extern extern) implements Relocation {}

  /**
   * A call of a function in {@code .text}.
   *
   * @param offset of the symbol in {@code .text}, to which the immediate is added
   */
  record FunctionCall(int instruction, long offset) implements Relocation {}

  /** The address of a function in {@code .text}: a callback. */
  record FunctionAddress(int instruction, long offset) implements Relocation {}

  /**
   * A number that the kernel adapts to its own types.
   *
   * @param type BTF id of the root type
   * @param access offset of the access string in the BTF strings
   * @param kind {@code enum bpf_core_relo_kind}
   */
  record CoreAccess(int instruction, int type, int access, int kind) implements Relocation {}
}
