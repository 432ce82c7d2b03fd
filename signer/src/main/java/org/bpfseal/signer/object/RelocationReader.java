// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.bpfseal.signer.btf.RecordTable;
import org.bpfseal.signer.elf.ElfFile;
import org.bpfseal.signer.elf.ElfRelocationTable;
import org.bpfseal.signer.elf.ElfSection;
import org.bpfseal.signer.elf.ElfSymbol;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Finds out what each instruction refers to. See {@code bpf_program__record_reloc()} of libbpf 1.8.
 */
final class RelocationReader {
  private final ElfFile elf;
  private final FunctionTable functions;
  private final SymbolTargets targets;
  private final List<List<Relocation>> lists = new ArrayList<>();

  /**
   * What symbols stand for.
   *
   * @param externs by symbol
   * @param maps index of the section {@code .maps}; 0 if there is none
   * @param mapAt index of each map by its offset in {@code .maps}
   * @param mapOfSection index of each data section's map by section
   */
  record SymbolTargets(
      Map<Integer, Extern> externs,
      int maps,
      Map<Long, Integer> mapAt,
      Map<Integer, Integer> mapOfSection) {}

  RelocationReader(ElfFile elf, FunctionTable functions, SymbolTargets targets) {
    this.elf = elf;
    this.functions = functions;
    this.targets = targets;
    for (int i = 0; i < functions.size(); i++) {
      lists.add(new ArrayList<>());
    }
  }

  /** Adds the relocations of all sections with instructions. */
  void addSymbols() throws FormatException, ObjectRefusedException {
    for (ElfRelocationTable table : elf.relocations()) {
      ElfSection section = elf.sections().get(table.target());
      if (section.isExecutable()) {
        if (table.count() > section.content().size() / Instruction.BYTES) {
          throw problem(table, 0, section, "at most one for each instruction, found more");
        }
        for (int i = 0; i < table.count(); i++) {
          addSymbol(section, table, i);
        }
      }
    }
  }

  private void addSymbol(ElfSection section, ElfRelocationTable table, int index)
      throws FormatException, ObjectRefusedException {
    long offset = table.offset(index);
    ElfSymbol symbol = elf.symbols().symbol(table.symbol(index), table.at(index));
    if (offset % Instruction.BYTES != 0
        || Long.compareUnsigned(offset, section.content().size()) >= 0) {
      throw problem(
          table,
          index,
          section,
          "an instruction of the section, found offset " + Long.toUnsignedString(offset));
    }
    OptionalInt found = functions.containing(section.index(), offset / Instruction.BYTES);
    // A weak function that another one has replaced leaves its relocations behind.
    if (found.isPresent()) {
      BpfFunction function = functions.function(found.getAsInt());
      int position = (int) (offset / Instruction.BYTES) - function.start();
      Instruction instruction = Instruction.at(function.code(), position, elf.order());
      if (instruction.opcode() == Instruction.LOAD_64 && position + 1 == function.length()) {
        throw problem(table, index, section, "two slots for a 64-bit load, found one");
      }
      lists.get(found.getAsInt()).add(relocation(function, position, instruction, symbol));
    }
  }

  private Relocation relocation(
      BpfFunction function, int position, Instruction instruction, ElfSymbol symbol)
      throws ObjectRefusedException {
    boolean call = instruction.opcode() == Instruction.CALL;
    if (!call && instruction.opcode() != Instruction.LOAD_64) {
      throw refused(
          function,
          "instruction %d (opcode 0x%02x) can't refer to %s"
              .formatted(position, instruction.opcode(), nameOf(symbol)));
    }
    Extern extern = targets.externs().get(symbol.index());
    if (extern != null) {
      return call
          ? externCall(function, position, extern)
          : new Relocation.ExternAddress(position, extern);
    }
    if (call) {
      return call(function, position, instruction, symbol);
    }
    if (symbol.section() == ElfSymbol.UNDEFINED || symbol.section() == ElfSymbol.SPECIAL) {
      throw refused(function, nameOf(symbol) + " is in no section; is its initialiser missing?");
    }
    if (symbol.section() == functions.text() && isFunction(symbol)) {
      if (symbol.value() % Instruction.BYTES != 0
          || instruction.immediate() % Instruction.BYTES != 0) {
        throw refused(function, nameOf(symbol) + " begins inside an instruction");
      }
      return new Relocation.FunctionAddress(position, symbol.value());
    }
    return variable(function, position, symbol);
  }

  private static boolean isFunction(ElfSymbol symbol) {
    return symbol.isLocal()
        ? symbol.type() == ElfSymbol.SECTION
        : symbol.isGlobalOrWeak() && symbol.type() == ElfSymbol.FUNC;
  }

  private static Relocation externCall(BpfFunction function, int position, Extern extern)
      throws ObjectRefusedException {
    return switch (extern) {
      case Extern.KernelFunction kernel -> new Relocation.ExternCall(position, kernel);
      case Extern.KernelVariable variable ->
          throw refused(function, "calls " + variable.name() + ", which is a variable");
      case Extern.ConfigValue value ->
          throw refused(function, "calls " + value.name() + ", which is a variable");
    };
  }

  private Relocation call(
      BpfFunction function, int position, Instruction instruction, ElfSymbol symbol)
      throws ObjectRefusedException {
    if (instruction.source() != Instruction.PSEUDO_CALL
        || functions.text() == 0
        || symbol.section() != functions.text()
        || symbol.value() % Instruction.BYTES != 0) {
      throw refused(
          function,
          "calls " + nameOf(symbol) + ", which is no function of .text",
          "define it without SEC(), or declare it with __ksym if it is the kernel's");
    }
    return new Relocation.FunctionCall(position, symbol.value());
  }

  private Relocation variable(BpfFunction function, int position, ElfSymbol symbol)
      throws ObjectRefusedException {
    if (symbol.section() == targets.maps()) {
      Integer map = targets.mapAt().get(symbol.value());
      if (map == null) {
        throw refused(function, nameOf(symbol) + " is no map");
      }
      return new Relocation.MapAddress(position, map);
    }
    Integer map = targets.mapOfSection().get(symbol.section());
    if (map == null) {
      throw refused(
          function, nameOf(symbol) + " is in a section that holds neither maps nor variables");
    }
    return new Relocation.VariableAddress(position, map, (int) symbol.value());
  }

  private String nameOf(ElfSymbol symbol) {
    if (symbol.name().isEmpty() && symbol.section() > 0) {
      return elf.sections().get(symbol.section()).name();
    }
    return symbol.name();
  }

  /** Adds the CO-RE relocations of the functions that are loaded or called. */
  void addCoreAccesses(RecordTable table, Map<String, Integer> sections) throws FormatException {
    for (RecordTable.Block block : table.blocks()) {
      Integer section = sections.get(block.section());
      if (section != null) {
        for (int i = 0; i < block.records().size(); i += table.recordSize()) {
          addCoreAccess(block, section, i);
        }
      }
    }
  }

  private void addCoreAccess(RecordTable.Block block, int section, int at) throws FormatException {
    Bytes records = block.records();
    long offset = records.u32(at, elf.order());
    if (offset % Instruction.BYTES != 0) {
      throw new FormatException(
          "BTF.ext",
          "CO-RE relocations of " + block.section(),
          block.at() + at,
          "expected the offset of an instruction, found " + offset);
    }
    OptionalInt found = functions.containing(section, offset / Instruction.BYTES);
    if (found.isPresent() && !functions.function(found.getAsInt()).optional()) {
      int start = functions.function(found.getAsInt()).start();
      lists
          .get(found.getAsInt())
          .add(
              new Relocation.CoreAccess(
                  (int) (offset / Instruction.BYTES) - start,
                  records.i32(at + 4, elf.order()),
                  records.i32(at + 8, elf.order()),
                  records.i32(at + 12, elf.order())));
    }
  }

  /** The functions with all that was added; equal places keep the order of adding. */
  FunctionTable functions() {
    List<BpfFunction> relocated = new ArrayList<>(functions.size());
    for (int i = 0; i < functions.size(); i++) {
      BpfFunction function = functions.function(i);
      List<Relocation> list = lists.get(i);
      list.sort(Comparator.comparingInt(Relocation::instruction));
      relocated.add(
          new BpfFunction(
              function.section(),
              function.sectionName(),
              function.optional(),
              function.subprogram(),
              function.name(),
              function.visibility(),
              function.start(),
              function.code(),
              function.kind(),
              list));
    }
    return new FunctionTable(relocated, functions.text());
  }

  private static FormatException problem(
      ElfRelocationTable table, int index, ElfSection section, String expected) {
    return new FormatException(
        "ELF",
        "relocation " + index + " of " + section.name(),
        table.at(index),
        "expected " + expected);
  }

  private static ObjectRefusedException refused(BpfFunction function, String problem) {
    return refused(function, problem, "compile it with clang for BPF, or link it first");
  }

  private static ObjectRefusedException refused(BpfFunction function, String problem, String hint) {
    return ObjectRefusedException.ofSymbol(function.sectionName(), function.name(), problem, hint);
  }
}
