// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.signer.elf.ElfFile;
import org.bpfseal.signer.elf.ElfSection;
import org.bpfseal.signer.elf.ElfSymbol;
import org.bpfseal.verifier.bytes.FormatException;

/** Cuts the code of an object into functions, as its symbols say. */
final class FunctionReader {
  /**
   * The jump over the cleanup of a loader spans three instructions a function and takes 16 bits; it
   * also bounds memory.
   */
  static final int MOST_FUNCTIONS = (Short.MAX_VALUE - 8) / 3;

  private final ElfFile elf;
  private final ObjectSections sections;
  private final Map<Integer, ElfSection> code = new HashMap<>();

  private FunctionReader(ElfFile elf, ObjectSections sections) {
    this.elf = elf;
    this.sections = sections;
    sections.code().forEach(section -> code.put(section.index(), section));
  }

  /** The functions, not yet with relocations. */
  static FunctionTable read(ElfFile elf, ObjectSections sections)
      throws FormatException, ObjectRefusedException {
    return new FunctionReader(elf, sections).read();
  }

  private FunctionTable read() throws FormatException, ObjectRefusedException {
    List<BpfFunction> functions = new ArrayList<>();
    for (int i = 0; i < elf.symbols().count(); i++) {
      if (elf.symbols().type(i) == ElfSymbol.FUNC) {
        ElfSection section = code.get(elf.symbols().section(i));
        if (section != null) {
          if (functions.size() == MOST_FUNCTIONS) {
            throw ObjectRefusedException.ofObject(
                "it has more than " + MOST_FUNCTIONS + " functions", "split the object");
          }
          functions.add(function(section, elf.symbols().symbol(i)));
        }
      }
    }
    functions.sort(
        Comparator.comparingInt(BpfFunction::section).thenComparingInt(BpfFunction::start));
    return new FunctionTable(functions, sections.text());
  }

  private BpfFunction function(ElfSection section, ElfSymbol symbol)
      throws FormatException, ObjectRefusedException {
    int size = section.content().size();
    if (symbol.value() < 0
        || symbol.size() < 0
        || symbol.value() > size
        || symbol.size() > size - symbol.value()) {
      throw problem(
          symbol,
          "expected a function inside the %d bytes of %s, found %s bytes at %s"
              .formatted(
                  size,
                  section.name(),
                  Long.toUnsignedString(symbol.size()),
                  Long.toUnsignedString(symbol.value())));
    }
    if (symbol.size() == 0
        || symbol.size() % Instruction.BYTES != 0
        || symbol.value() % Instruction.BYTES != 0) {
      throw problem(
          symbol,
          "expected whole instructions of 8 bytes, found %d bytes at %d"
              .formatted(symbol.size(), symbol.value()));
    }
    boolean subprogram = section.index() == sections.text();
    if (symbol.isLocal() && !subprogram) {
      throw ObjectRefusedException.ofSymbol(
          section.name(),
          symbol.name(),
          "a static function can only be in .text",
          "make it global, or take it out of the section");
    }
    boolean optional = section.name().startsWith("?");
    String name = optional ? section.name().substring(1) : section.name();
    int begin = (int) symbol.value();
    return new BpfFunction(
        section.index(),
        name,
        optional,
        subprogram,
        symbol.name(),
        visibility(symbol),
        begin / Instruction.BYTES,
        section.content().slice(begin, begin + (int) symbol.size()),
        subprogram ? Optional.empty() : SectionKind.of(name),
        List.of());
  }

  private static BpfFunction.Visibility visibility(ElfSymbol symbol) {
    if (symbol.isLocal()) {
      return BpfFunction.Visibility.LOCAL;
    }
    return symbol.isHidden() ? BpfFunction.Visibility.HIDDEN : BpfFunction.Visibility.GLOBAL;
  }

  private static FormatException problem(ElfSymbol symbol, String problem) {
    return new FormatException(
        "ELF", "symbol " + symbol.index() + " " + symbol.name(), symbol.at(), problem);
  }
}
