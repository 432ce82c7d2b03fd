// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import static org.bpfseal.signer.skeleton.LoaderCode.*;
import static org.bpfseal.signer.skeleton.LoaderWriter.DESCRIPTOR;

import org.bpfseal.signer.object.ObjectRefusedException;

/** Writes the instructions that load programs. */
final class ProgramLoader {
  private static final int PROG_LOAD = 5;
  private static final int DESCRIPTORS = 0;

  private final LoaderCode code;
  private final ExternLoader externs;

  ProgramLoader(LoaderCode code) {
    this.code = code;
    externs = new ExternLoader(code);
  }

  /**
   * Loads one program.
   *
   * @param index among the loaded ones
   */
  void load(int index, BlobLayout.ProgramPart program) throws ObjectRefusedException {
    int attributes = program.attributes();
    code.storeAddress(attributes + 16, program.license());
    code.storeAddress(attributes + 8, program.code());
    code.storeAddress(attributes + 80, program.functionRecords());
    code.storeAddress(attributes + 96, program.lineRecords());
    code.storeAddress(attributes + 128, program.coreRecords());
    code.storeAddress(attributes + 120, DESCRIPTORS);
    code.copyFromContext(attributes + 24, 8);
    code.copyFromContext(attributes + 28, 12);
    code.copyAddressFromContext(attributes + 32, 16);
    code.copyFromStack(attributes + 72, STACK_BTF);
    if (program.target().isPresent()) {
      code.find(program.target().get());
      code.check();
      code.address(R0, attributes);
      code.storeResultHalves(R0, 108, 112);
    }
    for (ExternPart extern : program.externs()) {
      externs.complete(extern);
    }
    code.systemCall(PROG_LOAD, attributes, PROG_LOAD_SIZE);
    for (ExternPart extern : program.externs()) {
      externs.close(extern);
    }
    if (program.target().isPresent()) {
      code.closeInBlob(attributes + 112);
    }
    code.check();
    code.store(STORE_32, FRAME, STACK_PROGRAMS + index * DESCRIPTOR, RESULT);
  }
}
