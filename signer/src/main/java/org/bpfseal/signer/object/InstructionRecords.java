// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.signer.btf.RecordTable;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * One part of {@code .BTF.ext}, ready to be cut into functions.
 *
 * <p>Of several blocks for one section only the first counts, as in libbpf.
 */
public final class InstructionRecords {
  private final int recordSize;
  private final ByteOrder order;
  private final Map<Integer, Bytes> bySection = new HashMap<>();

  private InstructionRecords(int recordSize, ByteOrder order) {
    this.recordSize = recordSize;
    this.order = order;
  }

  /**
   * Assigns the blocks to sections.
   *
   * @param sections index of each section by name
   * @throws FormatException if the offsets of a block don't ascend
   */
  static InstructionRecords of(
      String part, RecordTable table, ByteOrder order, Map<String, Integer> sections)
      throws FormatException {
    InstructionRecords records = new InstructionRecords(table.recordSize(), order);
    for (RecordTable.Block block : table.blocks()) {
      Integer section = sections.get(block.section());
      if (section != null && !records.bySection.containsKey(section)) {
        records.checkAscending(part, block);
        records.bySection.put(section, block.records());
      }
    }
    return records;
  }

  private void checkAscending(String part, RecordTable.Block block) throws FormatException {
    int count = block.records().size() / recordSize;
    for (int i = 1; i < count; i++) {
      if (instruction(block.records(), i) < instruction(block.records(), i - 1)) {
        throw new FormatException(
            "BTF.ext",
            part + " of " + block.section(),
            block.at() + (long) i * recordSize,
            "expected offsets that ascend, found a smaller one");
      }
    }
  }

  public int recordSize() {
    return recordSize;
  }

  /** The records of a function, with offsets in its section; none if it has none. */
  public Optional<Bytes> of(BpfFunction function) {
    Bytes records = bySection.get(function.section());
    if (records == null) {
      return Optional.empty();
    }
    int begin = firstAtOrAfter(records, function.start());
    int end = firstAtOrAfter(records, (long) function.start() + function.length());
    return begin == end
        ? Optional.empty()
        : Optional.of(records.slice(begin * recordSize, end * recordSize));
  }

  private int firstAtOrAfter(Bytes records, long instruction) {
    int low = 0;
    int high = records.size() / recordSize;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (instruction(records, middle) < instruction) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private long instruction(Bytes records, int index) {
    return records.u32(index * recordSize, order) / Instruction.BYTES;
  }
}
