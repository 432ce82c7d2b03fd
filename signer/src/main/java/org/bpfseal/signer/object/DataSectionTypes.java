// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bpfseal.signer.btf.Btf;
import org.bpfseal.signer.btf.BtfEditor;
import org.bpfseal.signer.btf.BtfKind;
import org.bpfseal.signer.elf.ElfFile;
import org.bpfseal.signer.elf.ElfSection;
import org.bpfseal.signer.elf.ElfSymbol;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Completes the data sections in BTF with what only ELF knows: sizes, offsets and visibility. See
 * {@code btf_fixup_datasec()} of libbpf 1.8.
 *
 * <p>A compiler leaves them at 0; a static linker has filled in all but the visibility.
 */
final class DataSectionTypes {
  /** Far above any real object; keeps memory in bounds. */
  private static final int MOST_VARIABLES = 1 << 15;

  private final ElfFile elf;
  private final BtfEditor editor;
  private final Set<String> wanted = new HashSet<>();
  private final Map<String, ElfSymbol> variables = new HashMap<>();

  private DataSectionTypes(ElfFile elf, BtfEditor editor) {
    this.elf = elf;
    this.editor = editor;
  }

  static void complete(ElfFile elf, BtfEditor editor)
      throws FormatException, ObjectRefusedException {
    DataSectionTypes types = new DataSectionTypes(elf, editor);
    Btf btf = editor.view();
    types.collectNames(btf);
    types.collectVariables();
    for (int id = 1; id < btf.count(); id++) {
      if (btf.kind(id) == BtfKind.DATASEC) {
        types.complete(btf, id);
      }
    }
  }

  private void collectNames(Btf btf) throws FormatException, ObjectRefusedException {
    for (int id = 1; id < btf.count(); id++) {
      if (btf.kind(id) == BtfKind.VAR && btf.linkage(id) == Btf.GLOBAL) {
        if (wanted.size() == MOST_VARIABLES) {
          throw ObjectRefusedException.ofObject(
              "it has more than " + MOST_VARIABLES + " global variables", "split the object");
        }
        wanted.add(btf.name(id));
      }
    }
  }

  private void collectVariables() throws FormatException {
    for (int i = 0; i < elf.symbols().count(); i++) {
      if (elf.symbols().type(i) == ElfSymbol.OBJECT) {
        ElfSymbol symbol = elf.symbols().symbol(i);
        if (symbol.isGlobalOrWeak() && wanted.contains(symbol.name())) {
          variables.putIfAbsent(symbol.name(), symbol);
        }
      }
    }
  }

  private void complete(Btf btf, int id) throws FormatException {
    String name = btf.name(id);
    if (!name.equals(ExternReader.CONFIG) && !name.equals(ExternReader.SYMBOLS)) {
      boolean unfilled = btf.sizeOrType(id) == 0;
      if (unfilled) {
        int size = size(btf, id, name);
        checkEntries(btf, id, Integer.toUnsignedLong(size));
        editor.setSectionSize(id, size);
      }
      for (int i = 0; i < btf.elements(id); i++) {
        completeEntry(btf, id, i, unfilled);
      }
    }
    editor.sortEntries(id);
  }

  private int size(Btf btf, int id, String name) throws FormatException {
    Optional<ElfSection> section = elf.section(name);
    if (section.isEmpty() || section.get().size() == 0) {
      throw btf.problem(id, "expected an ELF section " + name + " with variables, found none");
    }
    return (int) section.get().size();
  }

  /** What the compiler has written is overwritten for most entries; nonsense is refused anyway. */
  private static void checkEntries(Btf btf, int id, long size) throws FormatException {
    for (int i = 0; i < btf.elements(id); i++) {
      long offset = Integer.toUnsignedLong(btf.entryOffset(id, i));
      long length = Integer.toUnsignedLong(btf.entrySize(id, i));
      if (offset + length > size) {
        throw btf.problem(
            id,
            "expected entries inside the section's %d bytes, found %d bytes at %d"
                .formatted(size, length, offset));
      }
    }
  }

  private void completeEntry(Btf btf, int id, int entry, boolean unfilled) throws FormatException {
    int type = btf.entryType(id, entry);
    if (btf.kind(type) != BtfKind.VAR) {
      throw btf.problem(id, "expected variables, found type " + type);
    }
    if (btf.linkage(type) == Btf.STATIC || btf.linkage(type) == Btf.EXTERN) {
      return;
    }
    ElfSymbol symbol = variables.get(btf.name(type));
    if (symbol == null) {
      throw btf.problem(type, "expected a symbol " + btf.name(type) + ", found none");
    }
    if (unfilled) {
      editor.setEntryOffset(id, entry, (int) symbol.value());
    }
    if (symbol.isHidden()) {
      editor.setVariableLinkage(type, Btf.STATIC);
    }
  }
}
