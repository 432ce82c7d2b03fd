// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

import java.util.List;
import java.util.Optional;

/**
 * A signed program of the plan.
 *
 * @param file the {@code .bpfs} file, and the line that names it
 * @param name in the image; the signed program's own if absent
 * @param optional whether the boot may go on without it
 * @param ownLinks of what says itself where it belongs
 */
public record PlannedProgram(
    Plan.PlannedFile file,
    Optional<String> name,
    boolean optional,
    OwnLinks ownLinks,
    List<Plan.PlannedPin> pins,
    List<Plan.PlannedLink> links) {
  /** Copies the lists. */
  public PlannedProgram {
    pins = List.copyOf(pins);
    links = List.copyOf(links);
  }

  /**
   * The links of progs that say themselves where they belong.
   *
   * @param made whether they are made without a link line
   * @param hold as a {@link Plan.PlannedLink}'s, for each of them
   */
  public record OwnLinks(boolean made, Optional<List<String>> hold) {
    /** Copies the names. */
    public OwnLinks {
      hold = hold.map(List::copyOf);
    }
  }
}
