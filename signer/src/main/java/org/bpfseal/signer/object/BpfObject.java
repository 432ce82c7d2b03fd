// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.bpfseal.signer.btf.Btf;

/**
 * A parsed object, ready for linking.
 *
 * @param license of all programs
 * @param functions programs and subprograms, by section and place in it
 * @param btf with the edits that the kernel needs
 * @param functionRecords which BTF function each function is
 * @param lineRecords where in the source each instruction is from
 */
public record BpfObject(
    ByteOrder order,
    String license,
    FunctionTable functions,
    List<BpfMap> maps,
    List<Extern> externs,
    Optional<Btf> btf,
    InstructionRecords functionRecords,
    InstructionRecords lineRecords) {
  /** Copies the lists. */
  public BpfObject {
    maps = List.copyOf(maps);
    externs = List.copyOf(externs);
  }
}
