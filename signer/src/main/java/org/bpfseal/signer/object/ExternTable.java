// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.signer.btf.Btf;
import org.bpfseal.signer.btf.BtfEditor;
import org.bpfseal.signer.btf.BtfKind;
import org.bpfseal.signer.elf.ElfFile;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * The externs of an object, each by the index of its symbol.
 *
 * @param bySymbol in the order of the symbol table
 * @param config the value of the map {@code .kconfig}, if the object needs one
 */
record ExternTable(Map<Integer, Extern> bySymbol, Optional<Bytes> config) {
  static final ExternTable EMPTY = new ExternTable(Map.of(), Optional.empty());

  /** Reads the externs and edits their types. */
  static ExternTable read(ElfFile elf, BtfEditor editor, TargetOptions target)
      throws FormatException, ObjectRefusedException {
    Btf btf = editor.view();
    List<ExternReader.Declared> declared = ExternReader.read(elf, btf);
    ExternTypes types = ExternTypes.of(editor);
    List<ConfigVariable> variables = new ArrayList<>();
    Map<Integer, Extern> bySymbol = new HashMap<>();
    int symbols = 0;
    int config = 0;
    for (ExternReader.Declared extern : declared) {
      if (btf.name(extern.section()).equals(ExternReader.CONFIG)) {
        variables.add(ConfigVariable.of(btf, extern));
        config = extern.section();
      } else {
        bySymbol.put(extern.symbol().index(), kernelSymbol(btf, extern));
        symbols = extern.section();
      }
    }
    if (symbols != 0) {
      types.placeSymbols(symbols, declared);
    }
    if (variables.isEmpty()) {
      return new ExternTable(bySymbol, Optional.empty());
    }
    ConfigSection section = ConfigSection.of(variables);
    types.placeConfig(config, section.offsets(), section.size());
    for (ExternReader.Declared extern : declared) {
      Integer offset = section.offsets().get(extern.name());
      if (offset != null) {
        bySymbol.put(
            extern.symbol().index(),
            new Extern.ConfigValue(extern.name(), extern.symbol().isWeak(), offset));
      }
    }
    return new ExternTable(bySymbol, Optional.of(section.value(target, elf.order())));
  }

  private static Extern kernelSymbol(Btf btf, ExternReader.Declared extern) {
    boolean weak = extern.symbol().isWeak();
    return btf.kind(extern.type()) == BtfKind.FUNC
        ? new Extern.KernelFunction(extern.name(), weak)
        : new Extern.KernelVariable(
            extern.name(), weak, btf.unmodified(btf.sizeOrType(extern.type())) != 0);
  }
}
