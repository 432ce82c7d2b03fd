// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpfseal.verifier.manifest.FailureMode;
import org.bpfseal.verifier.manifest.KeyringKind;
import org.bpfseal.verifier.program.Generation;

/**
 * What an image is to do. Files are named as in the plan's text: relative ones are relative to the
 * plan's folder.
 *
 * @param version of the manifest, 1 to 4294967295
 * @param kernels that every program must be accepted by
 * @param certificates for the loader's own keyring, in order
 * @param guard of an image whose links can be held
 * @param programs in load order, at least one
 */
public record Plan(
    long version,
    Set<Generation> kernels,
    KeyringKind keyring,
    List<PlannedFile> certificates,
    FailureMode failure,
    String next,
    Optional<PlannedGuard> guard,
    List<PlannedProgram> programs) {
  /** Copies the lists. */
  public Plan {
    kernels = Set.copyOf(kernels);
    certificates = List.copyOf(certificates);
    programs = List.copyOf(programs);
  }

  /** A file, and the line that names it. */
  public record PlannedFile(int line, String file) {}

  /** A map that is to be pinned. */
  public record PlannedPin(int line, String map) {}

  /**
   * A link as the plan words it.
   *
   * @param prog name of a prog of the signed program, or {@code NAME:K}
   * @param target the link's kind, then its {@code key=value} words
   * @param hold who may confirm its end, if the guard keeps it: names of the image's files
   */
  public record PlannedLink(
      int line, String name, String prog, List<String> target, Optional<List<String>> hold) {
    /** Copies the words. */
    public PlannedLink {
      target = List.copyOf(target);
      hold = hold.map(List::copyOf);
    }
  }
}
