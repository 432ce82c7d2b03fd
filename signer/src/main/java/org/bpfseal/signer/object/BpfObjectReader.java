// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.signer.btf.Btf;
import org.bpfseal.signer.btf.BtfEditor;
import org.bpfseal.signer.btf.BtfExt;
import org.bpfseal.signer.btf.BtfExtReader;
import org.bpfseal.signer.btf.BtfReader;
import org.bpfseal.signer.elf.ElfFile;
import org.bpfseal.signer.elf.ElfReader;
import org.bpfseal.signer.elf.ElfSection;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads an object file whole: its programs, maps, externs and types, as libbpf 1.8 does when it
 * opens one for a light skeleton.
 */
public final class BpfObjectReader {
  private final String name;
  private final TargetOptions target;
  private final ElfFile elf;
  private final ObjectSections sections;

  private BpfObjectReader(String name, TargetOptions target, ElfFile elf, ObjectSections sections) {
    this.name = name;
    this.target = target;
    this.elf = elf;
    this.sections = sections;
  }

  /**
   * Reads an object.
   *
   * @param name the object's name: it enters the names of data maps
   * @throws FormatException if the file is damaged; offsets count from its first byte
   * @throws ObjectRefusedException if no light skeleton can be made of it
   */
  public static BpfObject read(Bytes file, String name, TargetOptions target)
      throws FormatException, ObjectRefusedException {
    ElfFile elf = ElfReader.read(file);
    return new BpfObjectReader(name, target, elf, ObjectSections.of(elf)).object();
  }

  private BpfObject object() throws FormatException, ObjectRefusedException {
    FunctionTable functions = FunctionReader.read(elf, sections);
    Optional<Btf> original = btf();
    BtfExt ext = original.isPresent() ? btfExt(original.get()) : BtfExt.EMPTY;
    ExternTable externs = ExternTable.EMPTY;
    Optional<Btf> edited = Optional.empty();
    if (original.isPresent()) {
      BtfEditor editor = new BtfEditor(original.get());
      externs = ExternTable.read(elf, editor, target);
      DataSectionTypes.complete(elf, editor);
      FunctionTypes.hide(functions, editor);
      edited = Optional.of(editor.finish());
    }
    List<MapReader.Defined> defined =
        edited.isPresent() && sections.maps().isPresent()
            ? MapReader.read(edited.get(), sections.maps().get(), target)
            : List.of();
    DataMaps data = new DataMaps(edited, name, defined.size());
    for (ElfSection section : sections.variables()) {
      data.add(section);
    }
    if (externs.config().isPresent()) {
      data.addConfig(externs.config().get());
    }
    Map<String, Integer> byName = indexByName();
    RelocationReader relocations =
        new RelocationReader(elf, functions, targets(externs, defined, data));
    relocations.addSymbols();
    relocations.addCoreAccesses(ext.coreRelocations(), byName);
    FunctionTable relocated = relocations.functions();
    ProgramChecks.check(relocated);
    return new BpfObject(
        elf.order(),
        sections.license(),
        relocated,
        maps(defined, data),
        List.copyOf(externs.bySymbol().values()),
        edited,
        InstructionRecords.of("functions", ext.functions(), elf.order(), byName),
        InstructionRecords.of("lines", ext.lines(), elf.order(), byName));
  }

  private Optional<Btf> btf() throws FormatException, ObjectRefusedException {
    if (sections.btf().isPresent()) {
      ElfSection section = sections.btf().get();
      return Optional.of(BtfReader.read(section.content(), section.offset(), elf.order()));
    }
    if (sections.maps().isPresent() || ExternReader.any(elf)) {
      throw ObjectRefusedException.ofObject(
          "it has maps or externs but no BTF that describes them", "compile it with -g");
    }
    return Optional.empty();
  }

  private BtfExt btfExt(Btf btf) throws FormatException {
    if (sections.btfExt().isEmpty()) {
      return BtfExt.EMPTY;
    }
    ElfSection section = sections.btfExt().get();
    return BtfExtReader.read(section.content(), section.offset(), elf.order(), btf);
  }

  private RelocationReader.SymbolTargets targets(
      ExternTable externs, List<MapReader.Defined> defined, DataMaps data) {
    Map<Long, Integer> mapAt = new HashMap<>();
    for (int i = 0; i < defined.size(); i++) {
      mapAt.putIfAbsent(defined.get(i).offset(), i);
    }
    return new RelocationReader.SymbolTargets(
        externs.bySymbol(),
        sections.maps().map(ElfSection::index).orElse(0),
        mapAt,
        data.mapOfSection());
  }

  private List<BpfMap> maps(List<MapReader.Defined> defined, DataMaps data)
      throws FormatException, ObjectRefusedException {
    List<BpfMap> maps = new ArrayList<>();
    if (sections.maps().isPresent()) {
      maps.addAll(SlotReader.read(elf, sections.maps().get(), defined));
    }
    maps.addAll(data.maps());
    return maps;
  }

  private Map<String, Integer> indexByName() {
    Map<String, Integer> indexes = new HashMap<>();
    elf.sections().forEach(section -> indexes.putIfAbsent(section.name(), section.index()));
    return indexes;
  }
}
