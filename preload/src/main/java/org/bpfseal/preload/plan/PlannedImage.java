// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.manifest.Manifest;
import org.bpfseal.verifier.program.SignedProgram;

/**
 * A plan carried out: the manifest that follows from it, and the files that the manifest names.
 *
 * @param certificates in DER, in the manifest's order
 * @param guard if the manifest has one
 * @param programs in the manifest's order
 * @param notes what an image builder should know about it, such as a prog that nothing attaches
 */
public record PlannedImage(
    Manifest manifest,
    List<Bytes> certificates,
    Optional<GuardFiles> guard,
    List<SignedProgram> programs,
    List<String> notes) {
  /** Copies the lists. */
  public PlannedImage {
    certificates = List.copyOf(certificates);
    programs = List.copyOf(programs);
    notes = List.copyOf(notes);
  }

  /**
   * The guard's files.
   *
   * @param confirmers certificates in DER, in the manifest's order
   */
  public record GuardFiles(SignedProgram program, List<Bytes> confirmers) {
    /** Copies the list. */
    public GuardFiles {
      confirmers = List.copyOf(confirmers);
    }
  }
}
