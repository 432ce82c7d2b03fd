// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.elf;

import java.nio.ByteBuffer;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * The symbol table, read entry by entry so that a large one costs no memory.
 *
 * <pre>
 *   u32 name   u8 type | binding &lt;&lt; 4   u8 visibility   u16 section   u64 value   u64 size
 * </pre>
 */
public final class ElfSymbolTable {
  static final int ENTRY = 24;

  private static final int XINDEX = 0xffff;
  private static final int RESERVED = 0xff00;

  private final ByteBuffer entries;
  private final long at;
  private final ElfStrings names;
  private final ByteBuffer extendedIndexes;
  private final int sections;

  /**
   * @param entries in the file's byte order
   * @param at offset of the table from the start of the file
   * @param extendedIndexes one u32 a symbol, or empty
   * @param sections how many the file has
   */
  ElfSymbolTable(
      ByteBuffer entries, long at, ElfStrings names, Bytes extendedIndexes, int sections) {
    this.entries = entries;
    this.at = at;
    this.names = names;
    this.extendedIndexes = extendedIndexes.buffer().order(entries.order());
    this.sections = sections;
  }

  /** How many entries there are; the first one is empty by definition. */
  public int count() {
    return entries.limit() / ENTRY;
  }

  /** The type of an entry, without reading the rest of it. */
  public int type(int index) {
    return entries.get(index * ENTRY + 4) & 15;
  }

  /**
   * Reads one entry.
   *
   * @throws FormatException if its name or section doesn't exist
   */
  public ElfSymbol symbol(int index) throws FormatException {
    int start = index * ENTRY;
    int info = entries.get(start + 4) & 0xff;
    return new ElfSymbol(
        index,
        at + start,
        names.at(Integer.toUnsignedLong(entries.getInt(start)), "symbol " + index, at + start),
        info & 15,
        info >> 4,
        entries.get(start + 5) & 3,
        section(index),
        entries.getLong(start + 8),
        entries.getLong(start + 16));
  }

  /**
   * The symbol that an entry of a relocation table names.
   *
   * @param relocationAt offset of that entry from the start of the file
   */
  public ElfSymbol symbol(long index, long relocationAt) throws FormatException {
    if (index >= count()) {
      throw new FormatException(
          "ELF",
          "relocation",
          relocationAt,
          "expected one of " + count() + " symbols, found " + index);
    }
    return symbol((int) index);
  }

  /**
   * The section of an entry, without reading the rest of it.
   *
   * @throws FormatException if there is no such section
   */
  public int section(int index) throws FormatException {
    long section = entries.getShort(index * ENTRY + 6) & 0xffff;
    if (section == XINDEX) {
      if (index >= extendedIndexes.limit() / 4) {
        throw unknownSection(index, "an extended section index, found none");
      }
      section = Integer.toUnsignedLong(extendedIndexes.getInt(index * 4));
    } else if (section >= RESERVED) {
      return ElfSymbol.SPECIAL;
    }
    if (section >= sections) {
      throw unknownSection(index, "one of " + sections + " sections, found " + section);
    }
    return (int) section;
  }

  private FormatException unknownSection(int index, String problem) {
    return new FormatException(
        "ELF", "symbol " + index, at + (long) index * ENTRY + 6, "expected " + problem);
  }
}
