// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.BoundMap;
import org.bpfseal.verifier.FdEntry;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Maps that a load binds.
 *
 * @param entries of {@code fd_array}: numbers of maps, or one of the negative constants
 * @param isNull whether {@code fd_array} is a null pointer
 * @param count {@code fd_array_cnt}; entries beyond the list are not open
 */
record Binding(List<Map> maps, List<Integer> entries, boolean isNull, int count) {
  static final int NOT_OPEN = -1;
  static final int BTF = -2;
  static final int OTHER_FILE = -3;

  Binding {
    maps = List.copyOf(maps);
    entries = List.copyOf(entries);
  }

  /**
   * One map with keys of four bytes.
   *
   * @param type {@code map_type}
   * @param value of its first entry, filled up with zeros to {@code valueSize}
   * @param exclusiveTo {@code excl_prog_hash}; empty for none
   */
  record Map(
      int type,
      int valueSize,
      int maxEntries,
      int flags,
      boolean frozen,
      Bytes value,
      Bytes exclusiveTo) {
    static final int HASH = 1;
    static final int ARRAY = 2;
    static final int PERCPU_ARRAY = 6;

    /** All {@code value_size} bytes. */
    Bytes content() {
      return Bytes.owning(Arrays.copyOf(value.toArray(), valueSize));
    }
  }

  /** The same in the mirror's words. */
  List<FdEntry> mirrored() {
    List<FdEntry> all = new ArrayList<>();
    for (int entry : entries) {
      all.add(
          switch (entry) {
            case NOT_OPEN -> new FdEntry.NotOpen();
            case BTF -> new FdEntry.Btf();
            case OTHER_FILE -> new FdEntry.OtherFile();
            default -> mirrored(entry);
          });
    }
    return all;
  }

  private BoundMap mirrored(int number) {
    Map map = maps.get(number);
    return new BoundMap(
        number,
        "map" + number,
        map.type() == Map.ARRAY,
        map.maxEntries(),
        map.content(),
        map.frozen(),
        false,
        map.exclusiveTo().isEmpty() ? Optional.empty() : Optional.of(map.exclusiveTo()));
  }
}
