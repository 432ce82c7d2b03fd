// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A map that a load binds by {@code fd_array}.
 *
 * @param id tells maps apart: the same map listed twice has the same id
 * @param name for messages only
 * @param plainArray of type {@code BPF_MAP_TYPE_ARRAY} with direct value access
 * @param maxEntries unsigned
 * @param value the {@code value_size} bytes of its first entry
 * @param frozen by {@code BPF_MAP_FREEZE}
 * @param written someone is writing it, or holds a writable mapping
 * @param exclusiveTo the 32 bytes of {@code excl_prog_hash}, if it has one
 */
public record BoundMap(
    int id,
    String name,
    boolean plainArray,
    long maxEntries,
    Bytes value,
    boolean frozen,
    boolean written,
    Optional<Bytes> exclusiveTo)
    implements FdEntry {
  /** The map of a signed loader: one frozen value, exclusive to one program. */
  public static BoundMap frozenExclusive(String name, Bytes value, Bytes programHash) {
    return new BoundMap(0, name, true, 1, value, true, false, Optional.of(programHash));
  }
}
