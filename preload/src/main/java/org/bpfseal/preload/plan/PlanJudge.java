// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

import java.util.Optional;
import org.bpfseal.verifier.AddKeyResult;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.manifest.KeyringKind;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;

/**
 * Asks the kernel mirror about everything of an image that is signed, for each kernel of the plan:
 * what the kernel would refuse at boot is refused before it is packed.
 *
 * <p>The keys of the kernel's own keyrings are not known here; a plan that uses them isn't judged.
 */
public final class PlanJudge {
  private final KernelMirror mirror;
  private final Generation kernel;
  private final Keyring.Builder ring = Keyring.named("bpfseal");

  private PlanJudge(Generation kernel) {
    KernelRelease release = KernelRelease.parse(kernel.id()).orElseThrow();
    this.mirror = KernelMirror.of(KernelProfile.debianCloud(release));
    this.kernel = kernel;
  }

  /** Whether this plan's keys are known. */
  public static boolean canJudge(Plan plan) {
    return plan.keyring() == KeyringKind.USER;
  }

  /**
   * Judges the certificates, the programs and the manifest's signature.
   *
   * @throws PlanRefusedException at the first that a kernel of the plan would refuse
   */
  public static void judge(Plan plan, PlannedImage image, Bytes manifest, Bytes signature)
      throws PlanRefusedException {
    for (Generation kernel : Generation.values()) {
      if (plan.kernels().contains(kernel)) {
        new PlanJudge(kernel).judgeAll(plan, image, manifest, signature);
      }
    }
  }

  private void judgeAll(Plan plan, PlannedImage image, Bytes manifest, Bytes signature)
      throws PlanRefusedException {
    for (int i = 0; i < image.certificates().size(); i++) {
      add(ring, image.certificates().get(i), plan.certificates().get(i));
    }
    KeyringSelector keyring = new KeyringSelector.Given(ring.build());
    if (plan.guard().isPresent() && image.guard().isPresent()) {
      judgeGuard(plan.guard().get(), image.guard().get(), keyring);
    }
    for (int i = 0; i < image.programs().size(); i++) {
      judge(image.programs().get(i), plan.programs().get(i).file(), keyring);
    }
    require(mirror.kfunc(manifest, signature, keyring), 1, "the manifest's signature");
  }

  private void judgeGuard(PlannedGuard plan, PlannedImage.GuardFiles files, KeyringSelector keyring)
      throws PlanRefusedException {
    judge(files.program(), plan.file(), keyring);
    Keyring.Builder confirmers = Keyring.named("confirm");
    for (int i = 0; i < files.confirmers().size(); i++) {
      add(confirmers, files.confirmers().get(i), plan.confirmers().get(i).file());
    }
  }

  private void add(Keyring.Builder to, Bytes certificate, Plan.PlannedFile file)
      throws PlanRefusedException {
    AddKeyResult added = mirror.addKey(to, certificate);
    require(added.verdict(), file.line(), file.file());
  }

  private void judge(SignedProgram program, Plan.PlannedFile file, KeyringSelector keyring)
      throws PlanRefusedException {
    SignedForm form = program.form(kernel).orElseThrow();
    require(mirror.judge(form, program.data(), keyring), file.line(), file.file());
  }

  private void require(Verdict verdict, int line, String what) throws PlanRefusedException {
    Optional<Verdict.Rejected> rejected =
        verdict instanceof Verdict.Rejected refusal ? Optional.of(refusal) : Optional.empty();
    if (rejected.isPresent()) {
      throw new PlanRefusedException(
          line,
          "kernel %s would refuse %s: %s, %s"
              .formatted(
                  kernel.id(), what, rejected.get().decisive().errno(), rejected.get().decisive()),
          "sign it again, with a key whose certificate the plan names");
    }
  }
}
