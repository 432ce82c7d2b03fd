// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.elf;

import java.nio.ByteBuffer;

/**
 * A table of relocations without addends ({@code SHT_REL}), read entry by entry.
 *
 * <pre>
 *   u64 offset in the section   u64 symbol &lt;&lt; 32 | type
 * </pre>
 */
public final class ElfRelocationTable {
  static final int ENTRY = 16;

  private final ElfSection section;
  private final ByteBuffer entries;

  /**
   * @param entries in the file's byte order
   */
  ElfRelocationTable(ElfSection section, ByteBuffer entries) {
    this.section = section;
    this.entries = entries;
  }

  public int count() {
    return entries.limit() / ENTRY;
  }

  /** The section whose bytes the entries change. */
  public int target() {
    return (int) section.info();
  }

  /** Where the change is, as offset in the target; unsigned. */
  public long offset(int index) {
    return entries.getLong(index * ENTRY);
  }

  /** Index of the symbol that it refers to; unsigned. */
  public long symbol(int index) {
    return entries.getLong(index * ENTRY + 8) >>> 32;
  }

  /** Offset of the entry from the start of the file. */
  public long at(int index) {
    return section.offset() + (long) index * ENTRY;
  }
}
