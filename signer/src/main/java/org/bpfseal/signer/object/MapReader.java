// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpfseal.signer.btf.Btf;
import org.bpfseal.signer.btf.BtfKind;
import org.bpfseal.signer.elf.ElfSection;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads the maps that an object defines in {@code .maps}, in the order of their offsets. See {@code
 * bpf_object__init_user_btf_maps()} of libbpf 1.8.
 */
final class MapReader {
  private final Btf btf;
  private final ElfSection section;
  private final TargetOptions target;

  private MapReader(Btf btf, ElfSection section, TargetOptions target) {
    this.btf = btf;
    this.section = section;
    this.target = target;
  }

  /**
   * A map and where its definition is, which relocations need.
   *
   * @param offset of the variable in {@code .maps}
   * @param size of the variable
   * @param values offset of the member {@code values} in the variable; −1 if there is none
   */
  record Defined(
      MapDefinition definition,
      Optional<MapDefinition> inner,
      long offset,
      long size,
      long values) {}

  static List<Defined> read(Btf btf, ElfSection section, TargetOptions target)
      throws FormatException, ObjectRefusedException {
    return new MapReader(btf, section, target).maps();
  }

  private List<Defined> maps() throws FormatException, ObjectRefusedException {
    int list = btf.named(ObjectSections.MAPS, BtfKind.DATASEC);
    if (list == 0) {
      throw new FormatException(
          "BTF", "types", section.offset(), "expected a data section .maps in BTF, found none");
    }
    List<Defined> maps = new ArrayList<>();
    Set<String> names = new HashSet<>();
    int count = btf.elements(list);
    if (count > ObjectLimits.MOST_MAPS) {
      throw ObjectLimits.tooManyMaps(count);
    }
    for (int i = 0; i < count; i++) {
      Defined map = map(list, i);
      if (!names.add(map.definition().name())) {
        throw btf.problem(
            btf.entryType(list, i),
            "expected a new name, found a second map " + map.definition().name());
      }
      maps.add(map);
    }
    return maps;
  }

  private Defined map(int list, int entry) throws FormatException, ObjectRefusedException {
    int variable = btf.entryType(list, entry);
    String name = btf.name(variable);
    long offset = Integer.toUnsignedLong(btf.entryOffset(list, entry));
    long size = Integer.toUnsignedLong(btf.entrySize(list, entry));
    if (name.isEmpty()) {
      throw btf.problem(variable, "expected a map with a name, found none");
    }
    if (offset + size > section.size() || section.size() < 0) {
      throw btf.problem(
          list,
          "expected map %s inside the %s bytes of .maps, found %d bytes at %d"
              .formatted(name, Long.toUnsignedString(section.size()), size, offset));
    }
    if (btf.linkage(variable) != Btf.GLOBAL) {
      throw ObjectRefusedException.ofSymbol(
          ObjectSections.MAPS, name, "a map can't be static or hidden", "make it global");
    }
    int type = btf.unmodified(btf.sizeOrType(variable));
    if (btf.kind(type) != BtfKind.STRUCT) {
      throw ObjectRefusedException.ofSymbol(
          ObjectSections.MAPS, name, "its definition is no structure", "use __uint and __type");
    }
    if (Integer.toUnsignedLong(btf.sizeOrType(type)) > size) {
      throw btf.problem(
          type, "expected a definition inside the variable's " + size + " bytes, found a larger");
    }
    MapDefinitionReader reader = new MapDefinitionReader(btf, name, target);
    return new Defined(reader.outer(type), reader.inner(), offset, size, valuesOffset(type));
  }

  private long valuesOffset(int type) throws FormatException {
    int last = btf.elements(type) - 1;
    return last >= 0 && btf.memberName(type, last).equals("values")
        ? Integer.toUnsignedLong(btf.memberBitOffset(type, last)) / 8
        : -1;
  }
}
