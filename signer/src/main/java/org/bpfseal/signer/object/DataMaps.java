// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.signer.btf.Btf;
import org.bpfseal.signer.btf.BtfKind;
import org.bpfseal.signer.elf.ElfSection;
import org.bpfseal.verifier.bpf.MapType;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Makes a map of each data section: one element that holds the section. See {@code
 * bpf_object__init_internal_map()} of libbpf 1.8.
 */
final class DataMaps {
  private static final int KEY_SIZE = 4;
  private static final int READ_ONLY_FOR_PROGRAMS = 0x80;
  private static final int MAPPABLE = 0x400;

  /** {@code BPF_OBJ_NAME_LEN} − 1. */
  private static final int LONGEST_NAME = 15;

  /** Room kept for a section's name, also where it is shorter. */
  private static final int SHORTEST_SUFFIX = 7;

  private final Optional<Btf> btf;
  private final byte[] objectName;
  private final List<BpfMap> maps = new ArrayList<>();
  private final Map<Integer, Integer> mapOfSection = new HashMap<>();
  private final int before;

  /**
   * @param objectName enters the names of the maps
   * @param before how many maps the object has that come first
   */
  DataMaps(Optional<Btf> btf, String objectName, int before) {
    this.btf = btf;
    this.objectName = objectName.getBytes(StandardCharsets.UTF_8);
    this.before = before;
  }

  void add(ElfSection section) throws ObjectRefusedException {
    if (section.size() < 0 || section.size() > ObjectLimits.LARGEST_BLOB) {
      throw ObjectRefusedException.ofSection(
          section.name(),
          "has %s bytes, and a light skeleton holds at most 24 MiB"
              .formatted(Long.toUnsignedString(section.size())),
          "put large arrays into a map of their own in .maps");
    }
    mapOfSection.put(section.index(), before + maps.size());
    boolean perCpu = section.isOfFamily(".percpu");
    add(
        section.name(),
        new BpfMap.Content(
            section.content(), (int) section.size(), section.isOfFamily(".rodata"), perCpu));
  }

  void addConfig(Bytes value) throws ObjectRefusedException {
    add(ExternReader.CONFIG, new BpfMap.Content(value, value.size(), true, false));
  }

  /** The maps so far. */
  List<BpfMap> maps() {
    return maps;
  }

  /** Index of the map of each data section, by section. */
  Map<Integer, Integer> mapOfSection() {
    return mapOfSection;
  }

  private void add(String section, BpfMap.Content content) throws ObjectRefusedException {
    if (before + maps.size() == ObjectLimits.MOST_MAPS) {
      throw ObjectLimits.tooManyMaps(before + maps.size() + 1);
    }
    int type = btf.map(found -> found.named(section)).orElse(0);
    int flags = content.frozen() ? READ_ONLY_FOR_PROGRAMS : 0;
    if (!content.perCpu() && type != 0 && btf.filter(found -> isShared(found, type)).isPresent()) {
      flags |= MAPPABLE;
    }
    MapDefinition definition =
        new MapDefinition(
            name(section, content.perCpu()),
            (content.perCpu() ? MapType.PERCPU_ARRAY : MapType.ARRAY).number(),
            KEY_SIZE,
            content.size(),
            1,
            flags,
            0,
            0,
            type,
            0);
    maps.add(new BpfMap(section, definition, Optional.empty(), Optional.of(content), List.of()));
  }

  /** Whether a data section has a variable that others can see. */
  private static boolean isShared(Btf btf, int section) {
    if (btf.kind(section) != BtfKind.DATASEC) {
      return false;
    }
    for (int i = 0; i < btf.elements(section); i++) {
      int type = btf.entryType(section, i);
      if (btf.kind(type) == BtfKind.VAR && btf.linkage(type) != Btf.STATIC) {
        return true;
      }
    }
    return false;
  }

  /**
   * The name by which the kernel knows the map: the first bytes of the object's name, then the
   * section's, or the latter alone if it has a second dot or is per CPU.
   */
  private String name(String section, boolean perCpu) {
    byte[] suffix = section.getBytes(StandardCharsets.UTF_8);
    int suffixLength = Math.min(LONGEST_NAME, Math.max(SHORTEST_SUFFIX, suffix.length));
    int prefixLength =
        perCpu || section.indexOf('.', 1) >= 0
            ? 0
            : Math.min(LONGEST_NAME - suffixLength, objectName.length);
    StringBuilder name = new StringBuilder();
    append(name, objectName, prefixLength);
    append(name, suffix, Math.min(suffixLength, suffix.length));
    return name.toString();
  }

  private static void append(StringBuilder name, byte[] text, int length) {
    for (int i = 0; i < length; i++) {
      char c = (char) (text[i] & 0xff);
      boolean allowed =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '_'
              || c == '.';
      name.append(allowed ? c : '_');
    }
  }
}
