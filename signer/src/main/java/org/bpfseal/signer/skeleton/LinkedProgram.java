// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import java.util.List;
import org.bpfseal.signer.object.BpfFunction;
import org.bpfseal.signer.object.Extern;

/**
 * One program with all its subprograms, as it is given to the kernel.
 *
 * @param program which one it was
 * @param code final instructions
 * @param functionRecords one for each function in it; empty if the object has none
 * @param lineRecords of all instructions; empty if the object has none
 * @param coreRecords what the kernel adapts, 16 bytes each
 * @param externs what the loader looks up, in the order of linking
 */
record LinkedProgram(
    BpfFunction program,
    GrowingBytes code,
    GrowingBytes functionRecords,
    int functionRecordSize,
    GrowingBytes lineRecords,
    int lineRecordSize,
    GrowingBytes coreRecords,
    List<ExternUse> externs) {
  /** Copies the list. */
  LinkedProgram {
    externs = List.copyOf(externs);
  }

  /**
   * An instruction that refers to an extern of the kernel.
   *
   * @param instruction its index in the final code
   * @param call whether it calls rather than loads
   */
  record ExternUse(int instruction, Extern extern, boolean call) {}
}
