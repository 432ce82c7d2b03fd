// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import static org.bpfseal.signer.skeleton.LoaderCode.*;
import static org.bpfseal.signer.skeleton.LoaderWriter.DESCRIPTOR;

import org.bpfseal.signer.object.ObjectRefusedException;

/**
 * Writes the instructions that complete a program's references to the kernel. In an instruction the
 * registers are at 1, the offset at 2, the immediate at 4; of a 64-bit load the second one at 12.
 */
final class ExternLoader {
  private static final int REGISTERS = 1;
  private static final int OFFSET = 2;
  private static final int IMMEDIATE = 4;
  private static final int SECOND_IMMEDIATE = 12;
  private static final int ENOENT = -2;

  private final LoaderCode code;

  ExternLoader(LoaderCode code) {
    this.code = code;
  }

  void complete(ExternPart extern) throws ObjectRefusedException {
    int at = extern.instruction();
    code.address(INSTRUCTION, at);
    switch (extern) {
      case ExternPart.Typed typed -> typed(typed);
      case ExternPart.TypedAgain again -> {
        code.copyInBlob(at + SECOND_IMMEDIATE, again.first() + SECOND_IMMEDIATE);
        code.copyInBlob(at + IMMEDIATE, again.first() + IMMEDIATE);
        code.add(JUMP_IF_NOT_EQUAL, R0, 0, 3, 0);
        clearSource();
      }
      case ExternPart.Call call -> call(call);
      case ExternPart.CallAgain again -> {
        code.copyInBlob(at + IMMEDIATE, again.first() + IMMEDIATE);
        code.copyHalfInBlob(at + OFFSET, again.first() + OFFSET);
      }
      case ExternPart.Untyped untyped -> untyped(untyped);
      case ExternPart.UntypedAgain again -> {
        code.copyInBlob(at + IMMEDIATE, again.first() + IMMEDIATE);
        code.copyInBlob(at + SECOND_IMMEDIATE, again.first() + SECOND_IMMEDIATE);
      }
    }
  }

  private void typed(ExternPart.Typed typed) throws ObjectRefusedException {
    find(typed.lookup(), typed.weak());
    code.add(JUMP_IF_NOT_NEGATIVE, RESULT, 0, 3, 0);
    code.add(STORE_VALUE_32, INSTRUCTION, 0, IMMEDIATE, 0);
    code.add(STORE_VALUE_32, INSTRUCTION, 0, SECOND_IMMEDIATE, 0);
    code.jump(4);
    code.storeResultHalves(INSTRUCTION, IMMEDIATE, SECOND_IMMEDIATE);
    code.jump(3);
    clearSource();
  }

  /** A load of something that doesn't exist becomes a load of the number 0. */
  private void clearSource() {
    code.load(LOAD_8, SCRATCH, INSTRUCTION, REGISTERS);
    code.add(AND_32, SCRATCH, 0, 0, code.isLittleEndian() ? 0x0f : 0xf0);
    code.store(STORE_8, INSTRUCTION, REGISTERS, SCRATCH);
  }

  private void call(ExternPart.Call call) throws ObjectRefusedException {
    find(call.lookup(), call.weak());
    code.add(JUMP_IF_NOT_NEGATIVE, RESULT, 0, 3, 0);
    code.add(STORE_VALUE_32, INSTRUCTION, 0, IMMEDIATE, 0);
    code.add(STORE_VALUE_16, INSTRUCTION, 0, OFFSET, 0);
    code.jump(10);
    code.store(STORE_32, INSTRUCTION, IMMEDIATE, RESULT);
    code.moveRegister(SCRATCH, RESULT);
    code.add(SHIFT_RIGHT, SCRATCH, 0, 0, 32);
    code.address(R0, call.slot() * DESCRIPTOR);
    code.store(STORE_32, R0, 0, SCRATCH);
    code.add(JUMP_IF_NOT_EQUAL, SCRATCH, 0, 2, 0);
    code.add(STORE_VALUE_16, INSTRUCTION, 0, OFFSET, 0);
    code.jump(1);
    code.add(STORE_VALUE_16, INSTRUCTION, 0, OFFSET, call.slot());
  }

  private void find(BlobLayout.Lookup lookup, boolean weak) throws ObjectRefusedException {
    code.find(lookup);
    if (!weak) {
      code.check();
    }
  }

  private void untyped(ExternPart.Untyped untyped) throws ObjectRefusedException {
    code.address(R1, untyped.name().at());
    code.move(R2, untyped.name().length());
    code.move(R3, 0);
    code.address(R4, untyped.result());
    code.moveRegister(RESULT, R4);
    code.call(KALLSYMS_LOOKUP_NAME);
    code.load(LOAD_64, SCRATCH, RESULT, 0);
    code.moveRegister(RESULT, R0);
    code.add(JUMP_IF_EQUAL, RESULT, 0, 1, ENOENT);
    code.check();
    code.store(STORE_32, INSTRUCTION, IMMEDIATE, SCRATCH);
    code.add(SHIFT_RIGHT, SCRATCH, 0, 0, 32);
    code.store(STORE_32, INSTRUCTION, SECOND_IMMEDIATE, SCRATCH);
  }

  /** Closes what a lookup has opened, once for each. */
  void close(ExternPart extern) {
    switch (extern) {
      case ExternPart.Typed typed -> code.closeInBlob(typed.instruction() + SECOND_IMMEDIATE);
      case ExternPart.Call call -> code.closeInBlob(call.slot() * DESCRIPTOR);
      case ExternPart.Untyped _,
          ExternPart.TypedAgain _,
          ExternPart.CallAgain _,
          ExternPart.UntypedAgain _ -> {}
    }
  }
}
