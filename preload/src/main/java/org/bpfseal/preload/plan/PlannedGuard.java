// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

import java.util.List;
import org.bpfseal.verifier.manifest.LoadPolicy;

/**
 * The guard of an image whose links can be held.
 *
 * @param file the guard's {@code .bpfs} file, and the line that names it
 * @param loads what may be loaded once the guard is sealed
 * @param confirmers whose keys may sign tokens, at most 16
 */
public record PlannedGuard(Plan.PlannedFile file, LoadPolicy loads, List<Confirmer> confirmers) {
  /** Copies the list. */
  public PlannedGuard {
    confirmers = List.copyOf(confirmers);
  }

  /**
   * A certificate for confirms.
   *
   * @param name that holds of the plan use; {@code NAME.der} in the image
   */
  public record Confirmer(Plan.PlannedFile file, String name) {
    String imageName() {
      return name + ".der";
    }
  }

  /** The names of all confirmers' files in the image, in order. */
  List<String> imageNames() {
    return confirmers.stream().map(Confirmer::imageName).toList();
  }
}
