// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpfseal.preload.plan.PlannedImage.GuardFiles;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.manifest.CertificateEntry;
import org.bpfseal.verifier.manifest.GuardEntry;
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
   * @param guard what the plan's guard needs, if it has one
   * @param programs the plan's, in its order
   * @throws PlanRefusedException if the plan asks for what the programs don't have
   * @throws FormatException if a loader can't be read back
   */
  public static PlannedImage plan(
      Plan plan, List<Bytes> certificates, Optional<GuardFiles> guard, List<SignedProgram> programs)
      throws PlanRefusedException, FormatException {
    if (certificates.size() != plan.certificates().size()
        || programs.size() != plan.programs().size()
        || !guard
            .map(files -> files.confirmers().size())
            .equals(plan.guard().map(planned -> planned.confirmers().size()))) {
      throw new IllegalArgumentException("one file for each that the plan names");
    }
    List<String> notes = new ArrayList<>();
    Manifest manifest =
        new Manifest(
            plan.version(),
            plan.keyring(),
            certificates(certificates),
            plan.failure(),
            plan.next(),
            guard(plan, guard),
            programs(plan, programs, notes));
    return new PlannedImage(manifest, certificates, guard, programs, notes);
  }

  private static List<CertificateEntry> certificates(List<Bytes> certificates) {
    List<CertificateEntry> entries = new ArrayList<>();
    for (int i = 0; i < certificates.size(); i++) {
      entries.add(
          new CertificateEntry("%02d.der".formatted(i + 1), Digest.sha256(certificates.get(i))));
    }
    return entries;
  }

  private static Optional<GuardEntry> guard(Plan plan, Optional<GuardFiles> files)
      throws PlanRefusedException, FormatException {
    if (plan.guard().isEmpty() || files.isEmpty()) {
      return Optional.empty();
    }
    PlannedGuard planned = plan.guard().get();
    List<CertificateEntry> confirmers = new ArrayList<>();
    for (int i = 0; i < planned.confirmers().size(); i++) {
      confirmers.add(
          new CertificateEntry(
              planned.confirmers().get(i).imageName(),
              Digest.sha256(files.get().confirmers().get(i))));
    }
    return Optional.of(
        ProgramPlanner.guard(planned, files.get().program(), plan.kernels(), confirmers));
  }

  private static List<ProgramEntry> programs(
      Plan plan, List<SignedProgram> programs, List<String> notes)
      throws PlanRefusedException, FormatException {
    List<ProgramEntry> entries = new ArrayList<>();
    Set<String> names = new HashSet<>();
    plan.guard().ifPresent(_ -> names.add(GuardEntry.NAME));
    for (int i = 0; i < programs.size(); i++) {
      PlannedProgram planned = plan.programs().get(i);
      ProgramEntry entry = ProgramPlanner.entry(planned, programs.get(i), plan.kernels(), notes);
      if (!names.add(entry.name())) {
        throw new PlanRefusedException(
            planned.file().line(),
            "a program named " + entry.name() + " is there already",
            "program FILE as NAME");
      }
      entries.add(entry);
    }
    return entries;
  }
}
