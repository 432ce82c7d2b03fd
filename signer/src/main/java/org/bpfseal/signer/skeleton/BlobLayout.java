// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A finished blob and where its items are: all that the loader's instructions are made of. Numbers
 * without another unit are offsets in the blob.
 *
 * @param functions how many programs and subprograms the object has
 */
record BlobLayout(
    ByteOrder order,
    Bytes data,
    int functions,
    Optional<Types> types,
    List<MapPart> maps,
    List<ProgramPart> programs) {
  /** Copies the lists. */
  BlobLayout {
    maps = List.copyOf(maps);
    programs = List.copyOf(programs);
  }

  /**
   * The upload of BTF.
   *
   * @param attributes of {@code BPF_BTF_LOAD}
   */
  record Types(int bytes, int attributes) {}

  /**
   * The creation of one map.
   *
   * @param inner attributes of the inner definition's {@code BPF_MAP_CREATE}
   */
  record MapPart(
      Optional<CreatePart> inner,
      CreatePart create,
      Optional<ContentPart> content,
      List<SlotPart> slots) {
    /** Copies the list. */
    MapPart {
      slots = List.copyOf(slots);
    }
  }

  /**
   * Attributes of one {@code BPF_MAP_CREATE}.
   *
   * @param typed whether they name a BTF type, so that they need its descriptor
   * @param ofMaps whether they need the descriptor of an inner map
   */
  record CreatePart(int attributes, boolean typed, boolean ofMaps) {}

  /**
   * The filling of a data section's map.
   *
   * @param size of the value
   * @param update attributes of {@code BPF_MAP_UPDATE_ELEM}
   * @param freeze attributes of {@code BPF_MAP_FREEZE}
   */
  record ContentPart(int value, int size, int key, int update, OptionalInt freeze) {}

  /**
   * One slot of a map of maps.
   *
   * @param map index of the map put there
   * @param update attributes of {@code BPF_MAP_UPDATE_ELEM}
   */
  record SlotPart(int map, int key, int update) {}

  /**
   * The load of one program.
   *
   * @param loaded what it loads
   * @param attributes of {@code BPF_PROG_LOAD}
   * @param target what it is attached to, if that is looked up when it is loaded
   */
  record ProgramPart(
      LoadedProgram loaded,
      int license,
      int code,
      int functionRecords,
      int lineRecords,
      int coreRecords,
      int attributes,
      Optional<Lookup> target,
      List<ExternPart> externs) {
    /** Copies the list. */
    ProgramPart {
      externs = List.copyOf(externs);
    }
  }

  /**
   * A name that the kernel looks up in its BTF.
   *
   * @param kind of the type to look for
   */
  record Lookup(Blob.Text name, int kind) {}
}
