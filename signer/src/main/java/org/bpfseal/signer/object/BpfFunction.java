// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A program, or a subprogram in {@code .text}.
 *
 * @param section index of its ELF section
 * @param sectionName without a leading {@code ?}
 * @param optional whether its section's name begins with {@code ?}: it isn't loaded
 * @param subprogram whether it is in {@code .text}: never loaded alone
 * @param visibility of its symbol
 * @param start index of its first instruction in the section
 * @param code its instructions, unchanged
 * @param kind what the section's name says; always there for a program that is loaded
 * @param relocations by ascending instruction
 */
public record BpfFunction(
    int section,
    String sectionName,
    boolean optional,
    boolean subprogram,
    String name,
    Visibility visibility,
    int start,
    Bytes code,
    Optional<SectionKind> kind,
    List<Relocation> relocations) {
  /** Copies the list. */
  public BpfFunction {
    relocations = List.copyOf(relocations);
  }

  /** Who can see a function's symbol. */
  public enum Visibility {
    LOCAL,
    /** Global to the linker; static to the kernel's verifier. */
    HIDDEN,
    GLOBAL
  }

  /** How many instructions it has. */
  public int length() {
    return code.size() / Instruction.BYTES;
  }

  /** Whether it is loaded by itself. */
  public boolean isLoaded() {
    return !subprogram && !optional;
  }

  /** The text after the first slash of its section's name: what it is attached to. */
  public Optional<String> target() {
    int slash = sectionName.indexOf('/');
    return slash < 0 ? Optional.empty() : Optional.of(sectionName.substring(slash + 1));
  }
}
