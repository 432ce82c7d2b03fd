// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.loader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bpf.MapType;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads the instructions and items of one map: [inner definition], creation, then the one value of
 * a data map or the filled slots of a map of maps.
 */
final class MapReader {
  private static final int MAP_CREATE = 0;
  private static final int MAP_UPDATE = 2;
  private static final int MAP_FREEZE = 22;
  private static final int CREATE_SIZE = 72;
  private static final int UPDATE_SIZE = 32;
  private static final int KEY_SIZE = 4;
  private static final int ALL_CPUS = 16;
  private static final int COPY_FROM_USER = 148;
  private static final int PROBE_READ_KERNEL = 113;

  private final InsnReader in;
  private final Blocks blocks;
  private final BlobReader blob;
  private final boolean hasBtf;
  private Replaceable replaceable = Replaceable.UNKNOWN;
  private int map;

  MapReader(InsnReader in, Blocks blocks, BlobReader blob, boolean hasBtf) {
    this.in = in;
    this.blocks = blocks;
    this.blob = blob;
    this.hasBtf = hasBtf;
  }

  Replaceable replaceable() {
    return replaceable;
  }

  LoadedMap read(int index) throws FormatException {
    map = index;
    in.enter("map " + index);
    blob.enter("map " + index);
    MapDefinition first = create();
    Optional<MapDefinition> inner = Optional.empty();
    MapDefinition definition = first;
    if (in.isNextLoad(Op.STX_W, 10, 7, Blocks.INNER_MAP_FD)) {
      in.expect(Op.STX_W, 10, 7, Blocks.INNER_MAP_FD, 0);
      inner = Optional.of(first);
      definition = create();
    }
    // Without an inner map's fd the kernel would take the caller's fd 0 for one.
    if (isMapOfMaps(definition) != inner.isPresent()
        || inner.filter(MapReader::isMapOfMaps).isPresent()) {
      throw in.fail("expected an inner definition just for a map of maps");
    }
    blocks.address(1, slot(index));
    in.expect(Op.STX_W, 1, 7, 0, 0);
    if (inner.isPresent()) {
      blocks.closeStack(Blocks.INNER_MAP_FD);
      return new LoadedMap(definition, inner, Optional.empty(), false, slots());
    }
    return data(definition);
  }

  private static boolean isMapOfMaps(MapDefinition definition) {
    return definition.type() == MapType.ARRAY_OF_MAPS || definition.type() == MapType.HASH_OF_MAPS;
  }

  private static int slot(int index) {
    return index * LoaderReader.FD_SIZE;
  }

  private MapDefinition create() throws FormatException {
    int at = blob.attribute(CREATE_SIZE);
    MapDefinition definition = definition(at);
    // A key's type alone is never given a BTF: the kernel then does without, or fails.
    if (definition.valueTypeId() != 0) {
      if (!hasBtf) {
        throw blob.fail(at + 56, "expected no BTF type, found " + definition.valueTypeId());
      }
      blocks.fromStack(at + 48, Blocks.BTF_FD);
    }
    if (isMapOfMaps(definition)) {
      blocks.fromStack(at + 20, Blocks.INNER_MAP_FD);
    }
    boolean replaces = in.isNext(Op.LDX_W, 0, 6);
    if (replaces) {
      blocks.fromContextUnlessZero(at + 12, context() + 4);
    }
    blocks.bpf(MAP_CREATE, at, CREATE_SIZE);
    blocks.check();
    if (!in.isNextLoad(Op.STX_W, 10, 7, Blocks.INNER_MAP_FD)) {
      note(replaces);
    } else if (replaces) {
      throw in.fail("expected an inner definition that isn't replaced");
    }
    return definition;
  }

  private MapDefinition definition(int at) throws FormatException {
    long number = blob.u32(at);
    Optional<MapType> type = MapType.of(number);
    if (type.isEmpty()) {
      throw blob.fail(at, "expected a map type, found " + number);
    }
    blob.expectZeros(at + 20, at + 24);
    blob.expectZeros(at + 44, at + 52);
    blob.expectZeros(at + 60, at + 64);
    return new MapDefinition(
        blob.objectName(at + 28),
        type.get(),
        blob.u32(at + 4),
        blob.u32(at + 8),
        blob.u32(at + 12),
        blob.u32(at + 16),
        blob.u32(at + 24),
        blob.u32(at + 52),
        blob.u32(at + 56),
        blob.i64(at + 64));
  }

  /** Either all maps can be replaced by the caller or none. */
  private void note(boolean replaces) throws FormatException {
    Replaceable found = replaces ? Replaceable.YES : Replaceable.NO;
    if (replaceable != Replaceable.UNKNOWN && replaceable != found) {
      throw in.fail("expected all maps to be replaceable or none");
    }
    replaceable = found;
  }

  private int context() {
    return LoaderReader.CONTEXT_MAPS + LoaderReader.CONTEXT_MAP_SIZE * map;
  }

  private LoadedMap data(MapDefinition definition) throws FormatException {
    boolean replaces = in.isNext(Op.LDX_DW, 3, 6);
    if (!replaces && !blocks.isAddress(2)) {
      return new LoadedMap(definition, Optional.empty(), Optional.empty(), false, List.of());
    }
    boolean perCpu = definition.type() == MapType.PERCPU_ARRAY;
    if ((!perCpu && definition.type() != MapType.ARRAY)
        || definition.keySize() != KEY_SIZE
        || definition.maxEntries() != 1) {
      throw in.fail("expected contents of an array of one value only");
    }
    int value = blob.position();
    Bytes contents = blob.item(definition.valueSize());
    int key = blob.zeros(KEY_SIZE);
    if (replaces) {
      replacement(value, contents.size());
    }
    note(replaces);
    int at = updateAttribute(perCpu ? ALL_CPUS : 0);
    blocks.copy(at, slot(map));
    blocks.storeAddress(at + 8, key);
    blocks.storeAddress(at + 16, value);
    blocks.bpf(MAP_UPDATE, at, UPDATE_SIZE);
    blocks.check();
    boolean frozen = blocks.isAddress(2);
    if (frozen) {
      freeze();
    }
    return new LoadedMap(definition, Optional.empty(), Optional.of(contents), frozen, List.of());
  }

  /** The initial value that the caller gives, from user or kernel memory as it says. */
  private void replacement(int value, int size) throws FormatException {
    in.expect(Op.LDX_DW, 3, 6, context() + 8, 0);
    in.expect(Op.JEQ_IMM, 3, 0, 8, 0);
    blocks.address(1, value);
    in.expect(Op.MOV_IMM, 2, 0, 0, size);
    in.expect(Op.LDX_W, 0, 6, 4, 0);
    in.expect(Op.JSET_IMM, 0, 0, 2, 1);
    in.expect(Op.CALL, 0, 0, 0, COPY_FROM_USER);
    in.expect(Op.JA, 0, 0, 1, 0);
    in.expect(Op.CALL, 0, 0, 0, PROBE_READ_KERNEL);
  }

  private int updateAttribute(int flags) throws FormatException {
    int at = blob.attribute(UPDATE_SIZE);
    blob.expectZeros(at, at + 24);
    if (blob.i64(at + 24) != flags) {
      throw blob.fail(at + 24, "expected update flags " + flags + ", found " + blob.i64(at + 24));
    }
    return at;
  }

  private void freeze() throws FormatException {
    int at = blob.zeros(LoaderReader.FD_SIZE);
    blocks.copy(at, slot(map));
    blocks.bpf(MAP_FREEZE, at, LoaderReader.FD_SIZE);
    blocks.check();
  }

  private List<LoadedMap.Slot> slots() throws FormatException {
    List<LoadedMap.Slot> slots = new ArrayList<>();
    long least = 0;
    while (blocks.isAddress(2)) {
      int key = blob.attribute(KEY_SIZE);
      int at = updateAttribute(0);
      if (blob.u32(key) < least) {
        throw blob.fail(key, "expected a slot from " + least + ", found " + blob.u32(key));
      }
      blocks.copy(at, slot(map));
      blocks.storeAddress(at + 8, key);
      int from = blocks.storeSomeAddress(at + 16);
      // A later map's fd isn't there yet; the kernel would take the caller's fd 0.
      if (from < 0 || from >= slot(map) || from % LoaderReader.FD_SIZE != 0) {
        throw in.fail("expected an earlier map's fd in the slot, not blob byte " + from);
      }
      blocks.bpf(MAP_UPDATE, at, UPDATE_SIZE);
      blocks.check();
      slots.add(new LoadedMap.Slot(blob.u32(key), from / LoaderReader.FD_SIZE));
      least = blob.u32(key) + 1;
    }
    return slots;
  }
}
