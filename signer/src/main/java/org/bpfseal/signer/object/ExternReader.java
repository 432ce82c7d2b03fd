// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfseal.signer.btf.Btf;
import org.bpfseal.signer.btf.BtfKind;
import org.bpfseal.signer.elf.ElfFile;
import org.bpfseal.signer.elf.ElfSymbol;
import org.bpfseal.verifier.bytes.FormatException;

/** Finds what an object leaves to the kernel: undefined symbols and their types. */
final class ExternReader {
  static final String CONFIG = ".kconfig";
  static final String SYMBOLS = ".ksyms";

  /** Far above any real object; keeps memory in bounds. */
  private static final int MOST_EXTERNS = 1 << 14;

  private final ElfFile elf;
  private final Btf btf;
  private final List<ElfSymbol> symbols = new ArrayList<>();
  private final Map<String, Integer> typeOf = new HashMap<>();
  private final Map<Integer, Integer> sectionOf = new HashMap<>();

  private ExternReader(ElfFile elf, Btf btf) {
    this.elf = elf;
    this.btf = btf;
  }

  /**
   * An extern before its place is known.
   *
   * @param type BTF id of its VAR or FUNC
   * @param section BTF id of the DATASEC that lists it
   */
  record Declared(ElfSymbol symbol, int type, int section) {
    String name() {
      return symbol.name();
    }
  }

  /** The externs in the order of the symbol table. */
  static List<Declared> read(ElfFile elf, Btf btf) throws FormatException, ObjectRefusedException {
    ExternReader reader = new ExternReader(elf, btf);
    reader.collectSymbols();
    if (reader.symbols.isEmpty()) {
      return List.of();
    }
    reader.collectTypes();
    List<Declared> externs = new ArrayList<>();
    for (ElfSymbol symbol : reader.symbols) {
      externs.add(reader.declared(symbol));
    }
    return externs;
  }

  /** Whether an object has externs, so that it can't do without BTF. */
  static boolean any(ElfFile elf) throws FormatException {
    for (int i = 0; i < elf.symbols().count(); i++) {
      if (mayBeExtern(elf, i) && isExtern(elf.symbols().symbol(i))) {
        return true;
      }
    }
    return false;
  }

  private void collectSymbols() throws FormatException, ObjectRefusedException {
    for (int i = 0; i < elf.symbols().count(); i++) {
      if (mayBeExtern(elf, i)) {
        ElfSymbol symbol = elf.symbols().symbol(i);
        if (isExtern(symbol)) {
          if (symbols.size() == MOST_EXTERNS) {
            throw ObjectRefusedException.ofObject(
                "it has more than " + MOST_EXTERNS + " undefined symbols", "split the object");
          }
          symbols.add(symbol);
        }
      }
    }
  }

  private static boolean mayBeExtern(ElfFile elf, int index) throws FormatException {
    return elf.symbols().type(index) == ElfSymbol.NOTYPE
        && elf.symbols().section(index) == ElfSymbol.UNDEFINED;
  }

  private static boolean isExtern(ElfSymbol symbol) {
    return symbol.isExtern() && !symbol.name().isEmpty();
  }

  /** One walk over all types, whatever the number of externs. */
  private void collectTypes() throws FormatException {
    Set<String> wanted = new HashSet<>();
    symbols.forEach(symbol -> wanted.add(symbol.name()));
    for (int id = 1; id < btf.count(); id++) {
      BtfKind kind = btf.kind(id);
      if (kind == BtfKind.VAR || kind == BtfKind.FUNC) {
        String name = btf.name(id);
        if (wanted.contains(name)) {
          typeOf.putIfAbsent(name, id);
        }
      } else if (kind == BtfKind.DATASEC) {
        for (int i = 0; i < btf.elements(id); i++) {
          sectionOf.putIfAbsent(btf.entryType(id, i), id);
        }
      }
    }
  }

  private Declared declared(ElfSymbol symbol) throws FormatException, ObjectRefusedException {
    Integer type = typeOf.get(symbol.name());
    if (type == null || btf.linkage(type) != Btf.EXTERN) {
      throw undeclared(symbol, "is undefined, and BTF doesn't declare it as extern");
    }
    Integer section = sectionOf.get(type);
    if (section == null) {
      throw undeclared(symbol, "is undefined and in no section of externs");
    }
    String name = btf.name(section);
    if (!name.equals(CONFIG) && !name.equals(SYMBOLS)) {
      throw ObjectRefusedException.ofSymbol(
          name, symbol.name(), "an extern can't be in this section", externHint());
    }
    if (name.equals(CONFIG) && btf.kind(type) == BtfKind.FUNC) {
      throw ObjectRefusedException.ofSymbol(
          name, symbol.name(), "a function is no configuration value", externHint());
    }
    return new Declared(symbol, type, section);
  }

  private static ObjectRefusedException undeclared(ElfSymbol symbol, String problem) {
    return ObjectRefusedException.ofSymbol("", symbol.name(), problem, externHint());
  }

  private static String externHint() {
    return "declare it with __ksym or __kconfig, or link the object that defines it"
        + " (bpftool gen object)";
  }

  /** Alignment first (largest first), then size, then name: {@code cmp_externs()} of libbpf 1.8. */
  static Comparator<ConfigVariable> configOrder() {
    return Comparator.comparingLong(ConfigVariable::alignment)
        .reversed()
        .thenComparingLong(ConfigVariable::size)
        .thenComparing(ConfigVariable::name);
  }
}
