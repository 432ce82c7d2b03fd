// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.Optional;
import org.bpfseal.signer.btf.Btf;
import org.bpfseal.signer.btf.BtfKind;
import org.bpfseal.verifier.bpf.MapType;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads the definition of one map: a structure whose members say by their types what the map is.
 * See {@code parse_btf_map_def()} of libbpf 1.8.
 *
 * <p>A number is the length of an array that the member points to; {@code key} and {@code value}
 * are pointers to the type; {@code values}, the last one, describes what is in the map.
 */
final class MapDefinitionReader {
  private static final int SLOT_SIZE = 4;

  private final Btf btf;
  private final String name;
  private final TargetOptions target;
  private Optional<MapDefinition> inner = Optional.empty();

  MapDefinitionReader(Btf btf, String name, TargetOptions target) {
    this.btf = btf;
    this.name = name;
    this.target = target;
  }

  /** What the members have said so far. */
  private static final class Members {
    int type;
    int keySize;
    int valueSize;
    int maxEntries;
    int flags;
    int numaNode;
    int keyType;
    int valueType;
    long mapExtra;
  }

  /** The definition in a structure. */
  MapDefinition outer(int structure) throws FormatException, ObjectRefusedException {
    return definition(structure, false);
  }

  /** What {@link #outer} has found in the member {@code values}. */
  Optional<MapDefinition> inner() {
    return inner;
  }

  private MapDefinition definition(int structure, boolean isInner)
      throws FormatException, ObjectRefusedException {
    Members members = new Members();
    int count = btf.elements(structure);
    for (int i = 0; i < count; i++) {
      int type = btf.memberType(structure, i);
      String member = btf.memberName(structure, i);
      switch (member) {
        case "type" -> members.type = number(member, type);
        case "max_entries" -> members.maxEntries = number(member, type);
        case "map_flags" -> members.flags = number(member, type);
        case "numa_node" -> members.numaNode = number(member, type);
        case "map_extra" -> members.mapExtra = longNumber(member, type);
        case "key_size" ->
            members.keySize = sameSize(member, members.keySize, number(member, type));
        case "value_size" ->
            members.valueSize = sameSize(member, members.valueSize, number(member, type));
        case "key" -> {
          members.keyType = pointedType(member, type);
          members.keySize = sameSize(member, members.keySize, size(member, members.keyType));
        }
        case "value" -> {
          members.valueType = pointedType(member, type);
          members.valueSize = sameSize(member, members.valueSize, size(member, members.valueType));
        }
        case "values" -> {
          if (isInner || i != count - 1) {
            throw refused("\"values\" must be the last member, and not in an inner map");
          }
          members.valueSize = sameSize(member, members.valueSize, SLOT_SIZE);
          readValues(members.type, type);
        }
        case "pinning" -> checkPinning(isInner, number(member, type));
        default -> throw refused("it has an unknown member \"" + member + "\"");
      }
    }
    return adjusted(members, isInner ? name + ".inner" : name);
  }

  private MapDefinition adjusted(Members members, String mapName) throws ObjectRefusedException {
    int type = members.type;
    if (type == 0) {
      throw refused("it has no type");
    }
    int entries = members.maxEntries;
    if (MapTraits.isRingBuffer(type)) {
      entries = wholePages(entries, target.pageSize());
    } else if (type == MapType.PERF_EVENT_ARRAY.number() && entries == 0) {
      entries =
          target
              .cpus()
              .orElseThrow(
                  () ->
                      refused(
                          "without max_entries it has one slot for each CPU of the target",
                          "give the number with --target-cpus N, or set max_entries"));
    }
    boolean typeless = MapTraits.isWithoutTypes(type);
    return new MapDefinition(
        mapName,
        type,
        members.keySize,
        members.valueSize,
        entries,
        members.flags,
        members.numaNode,
        typeless ? 0 : members.keyType,
        typeless ? 0 : members.valueType,
        members.mapExtra);
  }

  /** The kernel takes powers of two of pages only; anything else becomes the next larger one. */
  static int wholePages(int size, int pageSize) {
    long bytes = Integer.toUnsignedLong(size);
    if (bytes == 0 || (bytes % pageSize == 0 && Long.bitCount(bytes / pageSize) == 1)) {
      return size;
    }
    for (long pages = pageSize; pages <= 0xffff_ffffL; pages <<= 1) {
      if (pages > bytes) {
        return (int) pages;
      }
    }
    return size;
  }

  private int number(String member, int type) throws ObjectRefusedException {
    int pointer = btf.unmodified(type);
    if (btf.kind(pointer) != BtfKind.PTR || btf.kind(btf.sizeOrType(pointer)) != BtfKind.ARRAY) {
      throw refused("member \"" + member + "\" isn't written with __uint");
    }
    return (int) btf.arrayLength(btf.sizeOrType(pointer));
  }

  private long longNumber(String member, int type) throws ObjectRefusedException {
    int found = btf.unmodified(type);
    return switch (btf.kind(found)) {
      case ENUM, ENUM64 -> {
        if (btf.elements(found) != 1) {
          throw refused("member \"" + member + "\" isn't written with __ulong");
        }
        yield btf.firstValue(found);
      }
      case PTR -> Integer.toUnsignedLong(number(member, type));
      case VOID,
          INT,
          ARRAY,
          STRUCT,
          UNION,
          FWD,
          TYPEDEF,
          VOLATILE,
          CONST,
          RESTRICT,
          FUNC,
          FUNC_PROTO,
          VAR,
          DATASEC,
          FLOAT,
          DECL_TAG,
          TYPE_TAG ->
          throw refused("member \"" + member + "\" isn't written with __uint or __ulong");
    };
  }

  private int pointedType(String member, int type) throws ObjectRefusedException {
    if (btf.kind(type) != BtfKind.PTR) {
      throw refused("member \"" + member + "\" isn't written with __type");
    }
    return btf.sizeOrType(type);
  }

  private int size(String member, int type) throws ObjectRefusedException {
    long size = btf.size(type);
    if (size < 0) {
      throw refused("member \"" + member + "\" has a type without a size");
    }
    return (int) size;
  }

  private int sameSize(String member, int known, int size) throws ObjectRefusedException {
    if (known != 0 && known != size) {
      throw refused("member \"" + member + "\" contradicts an earlier size");
    }
    return size;
  }

  private void readValues(int mapType, int type) throws FormatException, ObjectRefusedException {
    boolean programs = mapType == MapType.PROG_ARRAY.number();
    if (!programs && !MapTraits.isMapOfMaps(mapType)) {
      throw refused("only maps of maps and of programs have \"values\"");
    }
    if (btf.kind(type) != BtfKind.ARRAY || btf.arrayLength(type) != 0) {
      throw refused("\"values\" isn't written with __array");
    }
    int pointer = btf.unmodified(btf.arrayElement(type));
    int element = btf.kind(pointer) == BtfKind.PTR ? btf.unmodified(btf.sizeOrType(pointer)) : 0;
    BtfKind expected = programs ? BtfKind.FUNC_PROTO : BtfKind.STRUCT;
    if (btf.kind(element) != expected) {
      throw refused("\"values\" isn't written with __array");
    }
    if (!programs) {
      inner = Optional.of(definition(element, true));
    }
  }

  private void checkPinning(boolean isInner, int pinning) throws ObjectRefusedException {
    if (isInner || pinning != 0) {
      throw refused(
          "pinning by its definition is not possible in a light skeleton",
          "remove the member \"pinning\" and let the loader's plan pin the map");
    }
  }

  private ObjectRefusedException refused(String problem) {
    return refused(problem, "define it as libbpf's bpf_helpers.h shows");
  }

  private ObjectRefusedException refused(String problem, String hint) {
    return ObjectRefusedException.ofSymbol(ObjectSections.MAPS, name, problem, hint);
  }
}
