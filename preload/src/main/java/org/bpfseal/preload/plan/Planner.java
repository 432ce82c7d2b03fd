// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.manifest.CertificateEntry;
import org.bpfseal.verifier.manifest.Manifest;
import org.bpfseal.verifier.manifest.ProgramEntry;
import org.bpfseal.verifier.program.SignedProgram;

/**
 * From a plan and its files to the manifest; what can't be loaded so is refused here, not at boot.
 */
public final class Planner {
  private Planner() {}

  /**
   * The planned image.
   *
   * @param certificates the plan's, in DER
   * @param programs the plan's, in its order
   * @throws PlanRefusedException if the plan asks for what the programs don't have
   * @throws FormatException if a loader can't be read back
   */
  public static PlannedImage plan(Plan plan, List<Bytes> certificates, List<SignedProgram> programs)
      throws PlanRefusedException, FormatException {
    if (certificates.size() != plan.certificates().size()
        || programs.size() != plan.programs().size()) {
      throw new IllegalArgumentException("one file for each that the plan names");
    }
    List<CertificateEntry> certificateEntries = new ArrayList<>();
    for (int i = 0; i < certificates.size(); i++) {
      certificateEntries.add(
          new CertificateEntry("%02d.der".formatted(i + 1), Digest.sha256(certificates.get(i))));
    }
    List<String> notes = new ArrayList<>();
    List<ProgramEntry> entries = new ArrayList<>();
    for (int i = 0; i < programs.size(); i++) {
      PlannedProgram planned = plan.programs().get(i);
      ProgramEntry entry = ProgramPlanner.entry(planned, programs.get(i), plan.kernels(), notes);
      if (entries.stream().anyMatch(earlier -> earlier.name().equals(entry.name()))) {
        throw new PlanRefusedException(
            planned.file().line(),
            "a program named " + entry.name() + " is there already",
            "program FILE as NAME");
      }
      entries.add(entry);
    }
    return new PlannedImage(
        new Manifest(
            plan.version(),
            plan.keyring(),
            certificateEntries,
            plan.failure(),
            plan.next(),
            entries),
        certificates,
        programs,
        notes);
  }
}
