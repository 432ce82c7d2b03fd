// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.btf;

import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * One part of {@code .BTF.ext}.
 *
 * @param recordSize of each record; 0 if there is none
 */
public record RecordTable(int recordSize, List<Block> blocks) {
  static final RecordTable EMPTY = new RecordTable(0, List.of());

  /** Copies the list. */
  public RecordTable {
    blocks = List.copyOf(blocks);
  }

  /**
   * The records of one ELF section.
   *
   * @param section its name
   * @param at offset of the records from the start of the file
   * @param records the first word of each is a byte offset in the section
   */
  public record Block(String section, long at, Bytes records) {}
}
