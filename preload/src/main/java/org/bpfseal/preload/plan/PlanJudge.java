// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.AddKeyResult;
import org.bpfseal.verifier.Finding;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.image.BundleJudge;
import org.bpfseal.verifier.image.BundleVerdict;
import org.bpfseal.verifier.image.Image;
import org.bpfseal.verifier.image.ImageFinding;
import org.bpfseal.verifier.image.ImageReader;
import org.bpfseal.verifier.image.ProgramVerdict;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.manifest.KeyringKind;
import org.bpfseal.verifier.program.Generation;

/**
 * Has the image of a plan judged as {@code bpf-verify verify} judges it, for each kernel of the
 * plan, before it is written; and says of a refusal which line of the plan it is about.
 *
 * <p>The keys of the kernel's own keyrings are not known here; a plan that uses them isn't judged.
 */
public final class PlanJudge {
  private static final String HINT = "sign it again, with a key whose certificate the plan names";

  private final Plan plan;
  private final Generation kernel;
  private final KernelProfile profile;

  private PlanJudge(Plan plan, Generation kernel) {
    this.plan = plan;
    this.kernel = kernel;
    this.profile = KernelProfile.debianCloud(KernelRelease.parse(kernel.id()).orElseThrow());
  }

  /** Whether this plan's keys are known. */
  public static boolean canJudge(Plan plan) {
    return plan.keyring() == KeyringKind.USER;
  }

  /**
   * Judges the image.
   *
   * @param certificates in DER, in the plan's order
   * @param archive the image, not packed
   * @throws PlanRefusedException at the first thing that a kernel of the plan would refuse
   * @throws FormatException if the archive can't be read
   */
  public static void judge(Plan plan, List<Bytes> certificates, Bytes archive)
      throws PlanRefusedException, FormatException {
    Image image = ImageReader.read(archive, archive.size());
    for (Generation kernel : Generation.values()) {
      if (plan.kernels().contains(kernel)) {
        PlanJudge judge = new PlanJudge(plan, kernel);
        judge.require(BundleJudge.judge(image, judge.profile, judge.keys(certificates)));
      }
    }
  }

  private Keyring keys(List<Bytes> certificates) throws PlanRefusedException {
    Keyring.Builder ring = Keyring.named("bpfseal");
    for (int i = 0; i < certificates.size(); i++) {
      AddKeyResult added = KernelMirror.of(profile).addKey(ring, certificates.get(i));
      require(added.verdict(), plan.certificates().get(i));
    }
    return ring.build();
  }

  private void require(BundleVerdict bundle) throws PlanRefusedException {
    List<Plan.PlannedFile> files = new ArrayList<>();
    plan.guard().ifPresent(guard -> files.add(guard.file()));
    plan.programs().forEach(program -> files.add(program.file()));
    for (int i = 0; i < files.size(); i++) {
      ProgramVerdict program = bundle.programs().get(i);
      if (program.verdict().isPresent()) {
        require(program.verdict().get(), files.get(i));
      }
      require(program.findings(), files.get(i).line());
    }
    if (bundle.signature().isPresent()) {
      Plan.PlannedFile whole = new Plan.PlannedFile(1, "the manifest's signature");
      require(bundle.signature().get(), whole);
    }
    require(bundle.findings(), 1);
  }

  private void require(Verdict verdict, Plan.PlannedFile file) throws PlanRefusedException {
    if (verdict instanceof Verdict.Rejected rejected) {
      Finding decisive = rejected.decisive();
      throw new PlanRefusedException(
          file.line(),
          "kernel %s would refuse %s: %s, %s"
              .formatted(kernel.id(), file.file(), decisive.errno(), decisive),
          HINT);
    }
  }

  private void require(List<ImageFinding> findings, int line) throws PlanRefusedException {
    if (!findings.isEmpty()) {
      ImageFinding first = findings.getFirst();
      throw new PlanRefusedException(
          line, "for kernel %s %s %s".formatted(kernel.id(), first.path(), first.message()), HINT);
    }
  }
}
