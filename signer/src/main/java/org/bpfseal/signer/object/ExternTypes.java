// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bpfseal.signer.btf.Btf;
import org.bpfseal.signer.btf.BtfEditor;
import org.bpfseal.signer.btf.BtfKind;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Makes BTF that the kernel takes out of BTF with externs: it knows only data sections whose
 * variables exist, so externs of {@code .ksyms} become integers and those of {@code .kconfig}
 * ordinary variables. See {@code bpf_object__collect_externs()} of libbpf 1.8.
 */
final class ExternTypes {
  private static final String DUMMY = "dummy_ksym";
  private static final int INT_SIZE = 4;
  private static final int INT_BITS = 32;

  private final BtfEditor editor;
  private final int dummy;

  private ExternTypes(BtfEditor editor, int dummy) {
    this.editor = editor;
    this.dummy = dummy;
  }

  /** Begins with the dummy variable that stands in for functions, if there are any. */
  static ExternTypes of(BtfEditor editor) {
    Btf btf = editor.view();
    int section = btf.named(ExternReader.SYMBOLS, BtfKind.DATASEC);
    for (int i = 0; i < btf.elements(section); i++) {
      if (btf.kind(btf.entryType(section, i)) == BtfKind.FUNC) {
        return new ExternTypes(editor, editor.appendVariable(DUMMY, firstInt(btf), Btf.GLOBAL));
      }
    }
    return new ExternTypes(editor, 0);
  }

  private static int firstInt(Btf btf) {
    for (int id = 1; id < btf.count(); id++) {
      if (btf.kind(id) == BtfKind.INT && btf.intBits(id) == INT_BITS) {
        return id;
      }
    }
    return 0;
  }

  /** Turns the entries of {@code .ksyms} into integers one after the other. */
  void placeSymbols(int section, List<ExternReader.Declared> externs) throws FormatException {
    Set<String> names = new HashSet<>();
    externs.forEach(extern -> names.add(extern.name()));
    Btf btf = editor.view();
    int integer = firstInt(btf);
    int count = btf.elements(section);
    for (int i = 0; i < count; i++) {
      int type = btf.entryType(section, i);
      checkDeclared(btf, type, names);
      if (btf.kind(type) == BtfKind.FUNC) {
        nameParameters(btf, btf.sizeOrType(type));
        editor.setFunctionLinkage(type, Btf.GLOBAL);
        editor.setEntryType(section, i, dummy);
      } else {
        editor.setVariableLinkage(type, Btf.GLOBAL);
        editor.setVariableType(type, integer);
      }
      editor.setEntryOffset(section, i, i * INT_SIZE);
      editor.setEntrySize(section, i, INT_SIZE);
    }
    editor.setSectionSize(section, count * INT_SIZE);
  }

  private void nameParameters(Btf btf, int prototype) {
    for (int i = 0; i < btf.elements(prototype); i++) {
      if (btf.parameterType(prototype, i) != 0 && btf.parameterNameOffset(prototype, i) == 0) {
        editor.setParameterName(prototype, i, btf.nameOffset(dummy));
      }
    }
  }

  /** Gives the entries of {@code .kconfig} the places that were chosen for them. */
  void placeConfig(int section, Map<String, Integer> offsets, int size) throws FormatException {
    Btf btf = editor.view();
    for (int i = 0; i < btf.elements(section); i++) {
      int type = btf.entryType(section, i);
      checkDeclared(btf, type, offsets.keySet());
      editor.setVariableLinkage(type, Btf.GLOBAL);
      editor.setEntryOffset(section, i, offsets.getOrDefault(btf.name(type), 0));
    }
    editor.setSectionSize(section, size);
  }

  private static void checkDeclared(Btf btf, int type, Set<String> names) throws FormatException {
    String name = btf.name(type);
    if (!names.contains(name)) {
      throw btf.problem(type, "expected an undefined symbol " + name + ", found none");
    }
  }
}
