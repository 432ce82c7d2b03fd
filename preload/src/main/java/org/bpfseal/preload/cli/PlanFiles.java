// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.preload.plan.Plan;
import org.bpfseal.preload.plan.PlanReader;
import org.bpfseal.preload.plan.PlanRefusedException;
import org.bpfseal.preload.plan.PlannedGuard;
import org.bpfseal.preload.plan.PlannedImage;
import org.bpfseal.preload.plan.PlannedImage.GuardFiles;
import org.bpfseal.preload.plan.PlannedProgram;
import org.bpfseal.preload.plan.Planner;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.program.SignedProgram;
import org.bpfseal.verifier.program.SignedProgramReader;
import org.bpfseal.verifier.x509.CertificateFileReader;

/** Reads a plan and the files that it names. */
final class PlanFiles {
  private static final int PLAN_MOST = 1 << 20;
  private static final int CERTIFICATE_MOST = 64 << 10;
  private static final int PROGRAM_MOST = 64 << 20;

  private PlanFiles() {}

  record Read(Plan plan, PlannedImage image) {}

  static Read read(Path planFile) throws IOException, CommandFailure {
    Plan plan = named(planFile, () -> PlanReader.read(InputFile.read(planFile, PLAN_MOST)));
    List<Bytes> certificates = new ArrayList<>();
    for (Plan.PlannedFile file : plan.certificates()) {
      certificates.add(certificate(planFile, file));
    }
    Optional<GuardFiles> guard =
        plan.guard().isEmpty()
            ? Optional.empty()
            : Optional.of(guard(planFile, plan.guard().get()));
    List<SignedProgram> programs = new ArrayList<>();
    for (PlannedProgram program : plan.programs()) {
      programs.add(program(planFile, program.file()));
    }
    try {
      return new Read(
          plan, named(planFile, () -> Planner.plan(plan, certificates, guard, programs)));
    } catch (PlanRefusedException e) {
      throw new CommandFailure(ExitCode.REFUSED, planFile + ": " + e.getMessage(), e.hint());
    }
  }

  private static GuardFiles guard(Path planFile, PlannedGuard guard)
      throws IOException, CommandFailure {
    List<Bytes> confirmers = new ArrayList<>();
    for (PlannedGuard.Confirmer confirmer : guard.confirmers()) {
      confirmers.add(certificate(planFile, confirmer.file()));
    }
    return new GuardFiles(program(planFile, guard.file()), confirmers);
  }

  private static Bytes certificate(Path planFile, Plan.PlannedFile named)
      throws IOException, CommandFailure {
    Path file = planFile.resolveSibling(named.file());
    return named(file, () -> CertificateFileReader.readOne(InputFile.read(file, CERTIFICATE_MOST)));
  }

  private static SignedProgram program(Path planFile, Plan.PlannedFile named)
      throws IOException, CommandFailure {
    Path file = planFile.resolveSibling(named.file());
    return named(file, () -> SignedProgramReader.read(InputFile.read(file, PROGRAM_MOST)));
  }

  /** Something that is read from a file. */
  private interface Reading<T, X extends Exception> {
    T read() throws IOException, CommandFailure, FormatException, X;
  }

  /** Puts the file's name before a fault in it. */
  private static <T, X extends Exception> T named(Path file, Reading<T, X> reading)
      throws IOException, CommandFailure, X {
    try {
      return reading.read();
    } catch (FormatException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": " + e.getMessage());
    }
  }
}
