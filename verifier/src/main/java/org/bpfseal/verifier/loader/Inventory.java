// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.loader;

import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * All that a loader makes: what {@link LoaderReader} has found in its instructions and blob.
 *
 * @param order the target's byte order
 * @param blobDigest SHA-256 that the instructions demand of the blob; empty if they check nothing
 * @param blobMatches whether the blob has that digest; true if nothing is checked
 * @param btf the type information that is loaded first; empty if there is none
 * @param maps by index
 * @param programs in load order
 */
public record Inventory(
    ByteOrder order,
    LoaderForm form,
    Optional<Bytes> blobDigest,
    boolean blobMatches,
    Bytes btf,
    List<LoadedMap> maps,
    List<LoadedProgram> programs) {
  /** Copies the lists. */
  public Inventory {
    maps = List.copyOf(maps);
    programs = List.copyOf(programs);
  }
}
