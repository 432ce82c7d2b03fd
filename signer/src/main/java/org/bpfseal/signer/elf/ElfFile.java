// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.elf;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;

/**
 * A relocatable ELF file for BPF.
 *
 * @param order of everything in it, also of the instructions
 * @param sections in the order of the section table, so that the index is the position
 * @param relocations every table of relocations, in section order
 */
public record ElfFile(
    ByteOrder order,
    List<ElfSection> sections,
    ElfSymbolTable symbols,
    List<ElfRelocationTable> relocations) {
  /** Copies the lists. */
  public ElfFile {
    sections = List.copyOf(sections);
    relocations = List.copyOf(relocations);
  }

  /** The first section of that name. */
  public Optional<ElfSection> section(String name) {
    return sections.stream().filter(section -> section.name().equals(name)).findFirst();
  }
}
