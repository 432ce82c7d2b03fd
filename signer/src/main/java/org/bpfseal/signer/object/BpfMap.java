// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * One map of an object; its place in the object's list is its index.
 *
 * @param section {@code .maps}, or the data section that it holds
 * @param inner what a map must look like to get into this one, for a map of maps that says so
 * @param content for a data section: what it is filled with
 * @param slots for a map of maps: what is put where, by ascending slot
 */
public record BpfMap(
    String section,
    MapDefinition definition,
    Optional<MapDefinition> inner,
    Optional<Content> content,
    List<Slot> slots) {
  /** Copies the list. */
  public BpfMap {
    slots = List.copyOf(slots);
  }

  /**
   * The value of a data section's map.
   *
   * @param bytes empty if all {@code size} bytes are zero
   * @param frozen whether it is read-only from then on
   * @param perCpu whether each CPU gets one
   */
  public record Content(Bytes bytes, int size, boolean frozen, boolean perCpu) {}

  /**
   * A reference from a map of maps.
   *
   * @param map index of the map put there
   */
  public record Slot(int slot, int map) {}

  /** The name as the object has it. */
  public String name() {
    return definition.name();
  }
}
