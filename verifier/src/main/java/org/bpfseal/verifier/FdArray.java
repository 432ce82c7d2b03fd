// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * The maps that a load binds before anything else is said about its program.
 *
 * <p>Mirrors {@code process_fd_array()} of kernel/bpf/verifier.c.
 */
final class FdArray {
  private static final int MOST_ENTRIES = 4096;
  private static final int MOST_MAPS = 64;
  private static final Bytes NO_DIGEST = Bytes.of(new byte[32]);

  private final boolean signed;
  private final Bytes programDigest;
  private final List<BoundMap> maps = new ArrayList<>();
  private final Set<Integer> ids = new HashSet<>();

  private FdArray(boolean signed, Bytes programDigest) {
    this.signed = signed;
    this.programDigest = programDigest;
  }

  /** The maps in the order in which they were first bound. */
  static List<BoundMap> bind(KernelProfile profile, LoadRequest request, Bytes insns)
      throws Refusal {
    if (request.fdArrayCount() == 0) {
      return List.of();
    }
    boolean covered = profile.signedLoad() == KernelProfile.SignedLoad.INSNS_AND_MAPS;
    List<FdEntry> entries =
        request
            .fdArray()
            .orElseThrow(
                () ->
                    covered
                        ? Refusal.of(
                            Check.LOAD_FD_ARRAY_MISSING, "fd_array", request.fdArrayCount())
                        : Refusal.of(Check.LOAD_FD_ARRAY_UNREADABLE, "fd_array"));
    if (covered && request.fdArrayCount() > MOST_ENTRIES) {
      throw Refusal.of(Check.LOAD_FD_ARRAY_LONG, "fd_array_cnt", request.fdArrayCount());
    }
    boolean signed = covered && request.signature().isPresent();
    // Elsewhere the kernel compares before it has computed the digest.
    FdArray array = new FdArray(signed, signed ? ProgramDigest.of(insns) : NO_DIGEST);
    for (int i = 0; i < request.fdArrayCount(); i++) {
      array.add(i, i < entries.size() ? entries.get(i) : new FdEntry.NotOpen());
    }
    return array.maps;
  }

  private void add(int index, FdEntry entry) throws Refusal {
    switch (entry) {
      case FdEntry.NotOpen() -> throw Refusal.of(Check.LOAD_FD_NOT_OPEN, "fd_array", index);
      case FdEntry.OtherFile() -> throw Refusal.of(Check.LOAD_FD_NO_MAP, "fd_array", index);
      case FdEntry.Btf() -> {
        if (signed) {
          throw Refusal.of(Check.LOAD_FD_IS_BTF, "fd_array", index);
        }
      }
      case BoundMap map -> {
        if (!ids.contains(map.id())) {
          bind(map);
        }
      }
    }
  }

  private void bind(BoundMap map) throws Refusal {
    if (maps.size() >= MOST_MAPS) {
      throw Refusal.of(Check.LOAD_MAPS_MANY, "fd_array");
    }
    if (map.exclusiveTo().isPresent() && !map.exclusiveTo().get().equals(programDigest)) {
      throw Refusal.of(Check.LOAD_MAP_OTHERS, "fd_array", map.name());
    }
    ids.add(map.id());
    maps.add(map);
  }
}
