// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.elf;

/**
 * One entry of the symbol table.
 *
 * @param index in the symbol table, from 0
 * @param at offset of the entry from the start of the file
 * @param type {@code STT_…}
 * @param binding {@code STB_…}
 * @param visibility {@code STV_…}
 * @param section index of its section; {@link #UNDEFINED}, or {@link #SPECIAL} for absolute and
 *     common symbols
 * @param value for a symbol of a relocatable file: offset in its section
 * @param size in bytes
 */
public record ElfSymbol(
    int index,
    long at,
    String name,
    int type,
    int binding,
    int visibility,
    int section,
    long value,
    long size) {
  public static final int UNDEFINED = 0;
  public static final int SPECIAL = -1;

  public static final int NOTYPE = 0;
  public static final int OBJECT = 1;
  public static final int FUNC = 2;
  public static final int SECTION = 3;

  private static final int LOCAL = 0;
  private static final int GLOBAL = 1;
  private static final int WEAK = 2;
  private static final int INTERNAL = 1;
  private static final int HIDDEN = 2;

  public boolean isLocal() {
    return binding == LOCAL;
  }

  /** Whether other objects can see the name. */
  public boolean isGlobalOrWeak() {
    return binding == GLOBAL || binding == WEAK;
  }

  public boolean isWeak() {
    return binding == WEAK;
  }

  /** Whether its visibility keeps it inside the file that it is linked into. */
  public boolean isHidden() {
    return visibility == HIDDEN || visibility == INTERNAL;
  }

  /** Whether somebody else, for BPF the kernel, has to define it. */
  public boolean isExtern() {
    return section == UNDEFINED && type == NOTYPE && isGlobalOrWeak();
  }
}
