// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bpfseal.verifier.program.Generation;

/**
 * The guard of an image whose links can be held.
 *
 * @param data the guard's blob
 * @param forms the instructions of its loader, one form or both
 * @param maps by index, none of them pinned
 * @param progs in load order
 * @param confirmers certificates whose keys may sign tokens, at most 16
 */
public record GuardEntry(
    LoadPolicy loads,
    FileDigest data,
    Map<Generation, FileDigest> forms,
    List<MapEntry> maps,
    List<ProgEntry> progs,
    List<CertificateEntry> confirmers) {
  /** Its name; no program of the image has the same. */
  public static final String NAME = "guard";

  /** Copies the lists and the map, which goes from the newest generation to the oldest. */
  public GuardEntry {
    EnumMap<Generation, FileDigest> sorted = new EnumMap<>(Generation.class);
    sorted.putAll(forms);
    forms = Collections.unmodifiableMap(sorted);
    maps = List.copyOf(maps);
    progs = List.copyOf(progs);
    confirmers = List.copyOf(confirmers);
  }

  /** It as a program of the image; the manifest names no links of the guard's. */
  public ProgramEntry program() {
    return new ProgramEntry(NAME, false, data, forms, maps, progs, List.of());
  }
}
