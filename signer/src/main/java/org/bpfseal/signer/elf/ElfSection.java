// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.elf;

import org.bpfseal.verifier.bytes.Bytes;

/**
 * One section header and the bytes it names.
 *
 * @param index in the section table, from 0
 * @param type {@code sh_type}
 * @param flags {@code sh_flags}
 * @param offset of the content from the start of the file; of the header, if the file holds none
 * @param size {@code sh_size}; what a {@code NOBITS} section would have
 * @param link {@code sh_link}
 * @param info {@code sh_info}
 * @param entrySize {@code sh_entsize}
 * @param content empty for {@code NOBITS}
 */
public record ElfSection(
    int index,
    String name,
    long type,
    long flags,
    long offset,
    long size,
    long link,
    long info,
    long entrySize,
    Bytes content) {
  public static final int NULL = 0;
  public static final int PROGBITS = 1;
  public static final int SYMTAB = 2;
  public static final int STRTAB = 3;
  public static final int NOBITS = 8;
  public static final int REL = 9;
  public static final int SYMTAB_SHNDX = 18;

  private static final long EXECINSTR = 4;

  /** Whether it holds instructions. */
  public boolean isExecutable() {
    return (flags & EXECINSTR) != 0;
  }

  /** Whether its name is {@code family} or begins with it and a dot. */
  public boolean isOfFamily(String family) {
    return name.startsWith(family)
        && (name.length() == family.length() || name.charAt(family.length()) == '.');
  }
}
