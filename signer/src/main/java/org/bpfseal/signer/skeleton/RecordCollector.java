// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import java.nio.ByteOrder;
import java.util.Optional;
import org.bpfseal.signer.object.BpfFunction;
import org.bpfseal.signer.object.Instruction;
import org.bpfseal.signer.object.InstructionRecords;
import org.bpfseal.signer.object.ObjectRefusedException;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Collects the records of one kind for one program: the first word, an offset in bytes of a
 * section, becomes an index in the final code.
 */
final class RecordCollector {
  private final InstructionRecords source;
  private final String what;
  private final GrowingBytes records;

  RecordCollector(InstructionRecords source, ByteOrder order, String what) {
    this.source = source;
    this.what = what;
    records = new GrowingBytes(order, 64);
  }

  /**
   * Adds a function's records. A program without any has none for its subprograms either.
   *
   * @param place index of the function's first instruction in the final code
   */
  void add(BpfFunction program, BpfFunction function, int place) throws ObjectRefusedException {
    if (place > 0 && records.size() == 0) {
      return;
    }
    Optional<Bytes> found = source.of(function);
    if (found.isEmpty()) {
      if (place > 0) {
        throw ObjectRefusedException.ofSymbol(
            program.sectionName(),
            program.name(),
            "it has " + what + " records and its subprogram " + function.name() + " has none",
            "compile both with -g");
      }
      return;
    }
    int begin = records.append(found.get());
    for (int at = begin; at < records.size(); at += source.recordSize()) {
      int instruction = Integer.divideUnsigned(records.getInt(at), Instruction.BYTES);
      records.setInt(at, instruction - function.start() + place);
    }
  }

  GrowingBytes records() {
    return records;
  }
}
