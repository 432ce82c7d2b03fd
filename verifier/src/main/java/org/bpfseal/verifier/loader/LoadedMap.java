// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.loader;

import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A map that the loader makes.
 *
 * @param inner what the maps in it look like, if it is a map of maps
 * @param contents its one value, if the loader fills it
 * @param frozen whether system calls can't change it afterwards
 * @param slots of a map of maps, those that the loader fills
 */
public record LoadedMap(
    MapDefinition definition,
    Optional<MapDefinition> inner,
    Optional<Bytes> contents,
    boolean frozen,
    List<Slot> slots) {
  /** Copies the list. */
  public LoadedMap {
    slots = List.copyOf(slots);
  }

  /**
   * A filled slot of a map of maps.
   *
   * @param key the slot's number, unsigned
   * @param map index of the map that is put there
   */
  public record Slot(long key, int map) {}
}
