// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

/** One instruction that the loader completes with what it has looked up. */
sealed interface ExternPart {
  /** Offset of the instruction in the blob. */
  int instruction();

  /** The typed address of something, looked up for the first time in a program. */
  record Typed(int instruction, BlobLayout.Lookup lookup, boolean weak) implements ExternPart {}

  /**
   * The same address again.
   *
   * @param first the instruction that has it already
   */
  record TypedAgain(int instruction, int first) implements ExternPart {}

  /**
   * A function, called for the first time in a program.
   *
   * @param slot in the array of descriptors, for the BTF of the module that it is in
   */
  record Call(int instruction, BlobLayout.Lookup lookup, boolean weak, int slot)
      implements ExternPart {}

  /** The same call again. */
  record CallAgain(int instruction, int first) implements ExternPart {}

  /**
   * An address without a type, from the list of the kernel's symbols.
   *
   * @param result 8 bytes for the answer
   */
  record Untyped(int instruction, Blob.Text name, int result) implements ExternPart {}

  /** The same address again. */
  record UntypedAgain(int instruction, int first) implements ExternPart {}
}
