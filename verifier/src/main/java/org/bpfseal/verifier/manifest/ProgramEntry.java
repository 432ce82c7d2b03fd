// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bpfseal.verifier.program.Generation;

/**
 * One signed program of the image.
 *
 * @param name 1 to 63 letters, digits, {@code _} or {@code -}, not beginning with the last
 * @param optional whether the boot goes on when it can't be loaded
 * @param data the blob, at most 16 MiB
 * @param forms the loader's instructions, one form or both
 * @param maps at most 64, by index
 * @param progs at most 32, in load order
 * @param links at most 64, in the order in which they are made
 */
public record ProgramEntry(
    String name,
    boolean optional,
    FileDigest data,
    Map<Generation, FileDigest> forms,
    List<MapEntry> maps,
    List<ProgEntry> progs,
    List<LinkEntry> links) {
  /** Copies the lists and the map, which goes from the newest generation to the oldest. */
  public ProgramEntry {
    EnumMap<Generation, FileDigest> sorted = new EnumMap<>(Generation.class);
    sorted.putAll(forms);
    forms = Collections.unmodifiableMap(sorted);
    maps = List.copyOf(maps);
    progs = List.copyOf(progs);
    links = List.copyOf(links);
  }
}
