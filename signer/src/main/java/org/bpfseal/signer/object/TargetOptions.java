// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What bpftool would read from the machine it runs on, and what here is given instead: the machine
 * that signs is rarely the one that loads.
 *
 * @param pageSize of the target in bytes, a power of two; ring buffers are rounded up with it
 * @param cpus how many the target can have; perf event arrays without a size get one slot each
 * @param config the target's kernel configuration
 * @param release the target's kernel release
 */
public record TargetOptions(
    int pageSize,
    OptionalInt cpus,
    Optional<KernelConfig> config,
    Optional<KernelRelease> release) {
  /** Pages of 4096 bytes; nothing else is known. */
  public static final TargetOptions DEFAULT =
      new TargetOptions(4096, OptionalInt.empty(), Optional.empty(), Optional.empty());

  /** Checks the page size and the CPUs. */
  public TargetOptions {
    if (Integer.bitCount(pageSize) != 1 || pageSize < 4096) {
      throw new IllegalArgumentException("no page size: " + pageSize);
    }
    if (cpus.isPresent() && cpus.getAsInt() < 1) {
      throw new IllegalArgumentException("no number of CPUs: " + cpus.getAsInt());
    }
  }
}
