// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bpfseal.signer.btf.Btf;
import org.bpfseal.signer.object.BpfMap;
import org.bpfseal.signer.object.BpfObject;
import org.bpfseal.signer.object.MapDefinition;
import org.bpfseal.signer.object.MapTraits;
import org.bpfseal.signer.object.ObjectLimits;
import org.bpfseal.signer.object.ObjectRefusedException;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Lays out the blob of an object.
 *
 * <pre>
 *   320 descriptors, u32: 64 of maps, 256 of modules with functions
 *   BTF, attributes of its upload
 *   for each map: attributes of the inner one's and its own creation, content, slots
 *   for each loaded program: license, instructions, records, attributes, names to look up
 * </pre>
 *
 * <p>The order is that in which libbpf's {@code gen_loader.c} at 1.8 adds them. Attributes are
 * {@code union bpf_attr} of {@code include/uapi/linux/bpf.h} at 7.3.
 */
final class BlobWriter {
  private static final int DESCRIPTORS = 320;
  private static final int BTF_LOAD_SIZE = 28;
  private static final int MAP_UPDATE_SIZE = 32;
  private static final int ALL_CPUS = 16;

  /** What surrounds BTF and code: a guess that saves growing. */
  private static final int USUAL_REST = 16 << 10;

  private final BpfObject object;
  private final Blob blob;

  private BlobWriter(BpfObject object) {
    this.object = object;
    blob = new Blob(object.order(), expectedSize(object));
  }

  /** Nearly always enough, so that the blob needn't grow and be copied. */
  private static int expectedSize(BpfObject object) {
    long size = USUAL_REST;
    size += object.btf().map(btf -> btf.bytes().size()).orElse(0);
    for (BpfMap map : object.maps()) {
      size += map.content().map(BpfMap.Content::size).orElse(0);
    }
    return (int) Math.min(size, ObjectLimits.LARGEST_BLOB);
  }

  /** The blob of an object whose programs are linked one by one. */
  static BlobLayout write(BpfObject object) throws FormatException, ObjectRefusedException {
    return new BlobWriter(object).write();
  }

  private BlobLayout write() throws FormatException, ObjectRefusedException {
    blob.addZeros(DESCRIPTORS * Integer.BYTES);
    Optional<BlobLayout.Types> types = Optional.empty();
    if (object.btf().isPresent()) {
      types = Optional.of(types(object.btf().get()));
    }
    List<BlobLayout.MapPart> maps = new ArrayList<>();
    for (BpfMap map : object.maps()) {
      maps.add(map(map));
    }
    ProgramLinker linker = new ProgramLinker(object);
    List<BlobLayout.ProgramPart> programs = new ArrayList<>();
    for (int i = 0; i < object.functions().size(); i++) {
      if (object.functions().function(i).isLoaded()) {
        programs.add(new ProgramPartWriter(blob, object.license()).write(linker.link(i)));
      }
    }
    return new BlobLayout(
        object.order(), blob.finish(), object.functions().size(), types, maps, programs);
  }

  private BlobLayout.Types types(Btf btf) throws ObjectRefusedException {
    int bytes = blob.add(btf.bytes());
    int attributes = blob.addZeros(BTF_LOAD_SIZE);
    blob.setInt(attributes + 16, btf.bytes().size());
    return new BlobLayout.Types(bytes, attributes);
  }

  private BlobLayout.MapPart map(BpfMap map) throws ObjectRefusedException {
    Optional<BlobLayout.CreatePart> inner = Optional.empty();
    if (map.inner().isPresent()) {
      inner = Optional.of(create(map.inner().get()));
    }
    BlobLayout.CreatePart create = create(map.definition());
    Optional<BlobLayout.ContentPart> content = Optional.empty();
    if (map.content().isPresent()) {
      content = Optional.of(content(map.content().get()));
    }
    List<BlobLayout.SlotPart> slots = new ArrayList<>();
    for (BpfMap.Slot slot : map.slots()) {
      int key = blob.addZeros(Integer.BYTES);
      blob.setInt(key, slot.slot());
      slots.add(new BlobLayout.SlotPart(slot.map(), key, blob.addZeros(MAP_UPDATE_SIZE)));
    }
    return new BlobLayout.MapPart(inner, create, content, slots);
  }

  private BlobLayout.CreatePart create(MapDefinition map) throws ObjectRefusedException {
    int at = blob.addZeros(LoaderCode.MAP_CREATE_SIZE);
    blob.setInt(at, map.type());
    blob.setInt(at + 4, map.keySize());
    blob.setInt(at + 8, map.valueSize());
    blob.setInt(at + 12, map.maxEntries());
    blob.setInt(at + 16, map.flags());
    blob.setInt(at + 24, map.numaNode());
    blob.setName(at + 28, map.name());
    blob.setInt(at + 52, map.keyType());
    blob.setInt(at + 56, map.valueType());
    blob.setLong(at + 64, map.mapExtra());
    return new BlobLayout.CreatePart(at, map.valueType() != 0, MapTraits.isMapOfMaps(map.type()));
  }

  private BlobLayout.ContentPart content(BpfMap.Content content) throws ObjectRefusedException {
    int value =
        content.bytes().isEmpty() ? blob.addZeros(content.size()) : blob.add(content.bytes());
    int key = blob.addZeros(Integer.BYTES);
    int update = blob.addZeros(MAP_UPDATE_SIZE);
    blob.setLong(update + 24, content.perCpu() ? ALL_CPUS : 0);
    OptionalInt freeze =
        content.frozen() ? OptionalInt.of(blob.addZeros(Integer.BYTES)) : OptionalInt.empty();
    return new BlobLayout.ContentPart(value, content.size(), key, update, freeze);
  }
}
