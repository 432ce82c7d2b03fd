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
 * @param linksItself whether what says itself where it belongs is linked without a link line
 */
public record PlannedProgram(
    Plan.PlannedFile file,
    Optional<String> name,
    boolean optional,
    boolean linksItself,
    List<Plan.PlannedPin> pins,
    List<Plan.PlannedLink> links) {
  /** Copies the lists. */
  public PlannedProgram {
    pins = List.copyOf(pins);
    links = List.copyOf(links);
  }
}
