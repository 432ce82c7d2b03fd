// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;
import java.util.TreeMap;
import org.bpfseal.signer.elf.ElfFile;
import org.bpfseal.signer.elf.ElfRelocationTable;
import org.bpfseal.signer.elf.ElfSection;
import org.bpfseal.signer.elf.ElfSymbol;
import org.bpfseal.verifier.bpf.MapType;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads the relocations of {@code .maps}: which map is put into which slot of a map of maps. See
 * {@code bpf_object__collect_map_relos()} of libbpf 1.8.
 */
final class SlotReader {
  private static final int POINTER = 8;

  private final ElfFile elf;
  private final ElfSection section;
  private final List<MapReader.Defined> maps;
  private final TreeMap<Long, Integer> mapAt = new TreeMap<>();
  private final Map<String, Integer> mapNamed = new HashMap<>();
  private final Map<Integer, TreeMap<Integer, Integer>> slots = new HashMap<>();

  private SlotReader(ElfFile elf, ElfSection section, List<MapReader.Defined> maps) {
    this.elf = elf;
    this.section = section;
    this.maps = maps;
    for (int i = 0; i < maps.size(); i++) {
      mapAt.put(maps.get(i).offset(), i);
      mapNamed.put(maps.get(i).definition().name(), i);
    }
  }

  /** The maps of {@code .maps} with their slots. */
  static List<BpfMap> read(ElfFile elf, ElfSection section, List<MapReader.Defined> maps)
      throws FormatException, ObjectRefusedException {
    SlotReader reader = new SlotReader(elf, section, maps);
    for (ElfRelocationTable table : elf.relocations()) {
      if (table.target() == section.index()) {
        for (int i = 0; i < table.count(); i++) {
          reader.add(table, i);
        }
      }
    }
    return reader.maps();
  }

  private List<BpfMap> maps() {
    List<BpfMap> filled = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      MapReader.Defined map = maps.get(i);
      filled.add(
          new BpfMap(
              section.name(),
              map.definition(),
              map.inner(),
              Optional.empty(),
              slots.getOrDefault(i, new TreeMap<>()).entrySet().stream()
                  .map(slot -> new BpfMap.Slot(slot.getKey(), slot.getValue()))
                  .toList()));
    }
    return filled;
  }

  private void add(ElfRelocationTable table, int index)
      throws FormatException, ObjectRefusedException {
    long offset = table.offset(index);
    Entry<Long, Integer> found = offset < 0 ? null : mapAt.floorEntry(offset);
    if (found == null) {
      throw problem(table, index, "a map at offset " + Long.toUnsignedString(offset));
    }
    MapReader.Defined map = maps.get(found.getValue());
    if (offset + POINTER > map.offset() + map.size()) {
      throw problem(table, index, "a map at offset " + offset);
    }
    ElfSymbol symbol = elf.symbols().symbol(table.symbol(index), table.at(index));
    int type = map.definition().type();
    if (type == MapType.PROG_ARRAY.number()) {
      throw refused(
          map,
          "it is filled with programs, which a light skeleton can't do",
          "leave it empty and fill it after loading");
    }
    if (!MapTraits.isMapOfMaps(type)) {
      throw problem(table, index, "a map of maps at offset " + offset);
    }
    Integer target = mapNamed.get(symbol.name());
    if (symbol.section() != section.index() || target == null) {
      throw refused(
          map,
          "its value " + symbol.name() + " is no map of .maps",
          "define the inner map in SEC(\".maps\")");
    }
    if (type == MapType.HASH_OF_MAPS.number() && map.definition().keySize() != Integer.BYTES) {
      throw refused(
          map, "only with keys of 4 bytes can it be filled", "fill it after loading instead");
    }
    long first = map.offset() + map.values();
    if (map.values() < 0 || offset < first || (offset - first) % POINTER != 0) {
      throw problem(table, index, "a slot of map " + map.definition().name());
    }
    slots
        .computeIfAbsent(found.getValue(), _ -> new TreeMap<>())
        .put((int) ((offset - first) / POINTER), target);
  }

  private static FormatException problem(ElfRelocationTable table, int index, String expected) {
    return new FormatException(
        "ELF",
        ".rel.maps / entry " + index,
        table.at(index),
        "expected " + expected + ", found none");
  }

  private static ObjectRefusedException refused(
      MapReader.Defined map, String problem, String hint) {
    return ObjectRefusedException.ofSymbol(
        ObjectSections.MAPS, map.definition().name(), problem, hint);
  }
}
