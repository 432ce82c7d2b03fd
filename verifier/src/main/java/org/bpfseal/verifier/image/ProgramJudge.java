// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.manifest.FileDigest;
import org.bpfseal.verifier.manifest.GuardEntry;
import org.bpfseal.verifier.manifest.LinkTarget;
import org.bpfseal.verifier.manifest.ProgramEntry;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;

/**
 * Judges one program of a bundle: all forms of it against the manifest, and the one that the boot
 * loader takes on this kernel as the kernel does.
 */
final class ProgramJudge {
  /** Takes the boot loader's commands, seal among them. */
  private static final String COMMAND_PROG = "guard_command";

  private static final int SIGNATURE_MOST = 8192;
  private static final int GUARD_CONTENT_MOST = 256 << 10;
  private static final int GUARD_SIGNATURE_MOST = 4096;

  private final BootKeys keys;
  private final BundleFiles files;
  private final ProgramEntry program;
  private final String root;
  private final List<ImageFinding> findings = new ArrayList<>();
  private final List<ImageFinding> advice = new ArrayList<>();

  private ProgramJudge(BootKeys keys, BundleFiles files, ProgramEntry program, String folder) {
    this.keys = keys;
    this.files = files.reportingTo(findings);
    this.program = program;
    this.root = BundleTree.ROOT + "/" + folder + "/";
  }

  /**
   * The verdict on a program.
   *
   * @param folder below the bundle's root
   * @param guarded whether the image has a guard, which looks at signatures where the kernel can't
   */
  static ProgramVerdict judge(
      BootKeys keys, BundleFiles files, ProgramEntry program, String folder, boolean guarded) {
    Optional<Carrier> otherwise = guarded ? Optional.of(Carrier.GUARD) : Optional.empty();
    return new ProgramJudge(keys, files, program, folder).verdict(otherwise);
  }

  /** The verdict on the guard. */
  static ProgramVerdict judge(BootKeys keys, BundleFiles files, GuardEntry guard) {
    ProgramJudge judge = new ProgramJudge(keys, files, guard.program(), GuardEntry.NAME);
    if (guard.progs().stream().noneMatch(prog -> prog.name().equals(COMMAND_PROG))) {
      judge.findings.add(ImageFinding.of(ImageCheck.GUARD_INCOMPLETE, GuardEntry.NAME));
    }
    return judge.verdict(Optional.of(Carrier.NOBODY));
  }

  private ProgramVerdict verdict(Optional<Carrier> otherwise) {
    Generation wanted = Carrier.form(keys.release());
    Optional<Carrier> carrier =
        Carrier.of(keys.release(), otherwise).filter(each -> program.forms().containsKey(wanted));
    if (carrier.isEmpty()) {
      (program.optional() ? advice : findings)
          .add(ImageFinding.of(ImageCheck.FORM_MISSING, program.name()));
    }
    if (attachesToHooks() && !keys.profile().has(KernelFeature.BPF_LSM)) {
      findings.add(ImageFinding.of(ImageCheck.HOOKS_IMPOSSIBLE, program.name()));
    }
    Optional<Bytes> data = files.named(root + "data", program.data());
    Optional<Verdict> verdict = Optional.empty();
    for (Generation generation : program.forms().keySet()) {
      Optional<SignedForm> form = form(generation, data);
      if (generation == wanted && carrier.isPresent() && form.isPresent() && data.isPresent()) {
        verdict = carried(carrier.get(), form.get(), data.get());
      }
    }
    return new ProgramVerdict(
        program.name(),
        program.optional(),
        program.links().size(),
        verdict,
        findings,
        advice,
        carrier.map(who -> Guarantees.of(program, who)).orElse(List.of()));
  }

  private boolean attachesToHooks() {
    return program.links().stream().anyMatch(link -> link.target() instanceof LinkTarget.Lsm);
  }

  private Optional<SignedForm> form(Generation generation, Optional<Bytes> data) {
    String base = root + generation.id();
    FileDigest wanted = program.forms().get(generation);
    Optional<Bytes> insns =
        wanted == null ? Optional.empty() : files.named(base + "/insns", wanted);
    Optional<Bytes> signature = files.atMost(base + "/sig.p7s", SIGNATURE_MOST);
    if (signature.filter(Bytes::isEmpty).isPresent()) {
      findings.add(ImageFinding.of(ImageCheck.SIGNATURE_EMPTY, base + "/sig.p7s"));
    }
    if (insns.isEmpty() || signature.isEmpty() || data.isEmpty()) {
      return Optional.empty();
    }
    findings.addAll(
        InventoryComparison.compare(program, generation, base, insns.get(), data.get()));
    return Optional.of(new SignedForm(generation, insns.get(), signature.get()));
  }

  private Optional<Verdict> carried(Carrier carrier, SignedForm form, Bytes data) {
    KernelMirror mirror = KernelMirror.of(keys.profile());
    return switch (carrier) {
      case KERNEL -> Optional.of(mirror.judge(form, data, keys.keyring()));
      case GUARD -> {
        Bytes content = form.generation().payload(form.insns(), data);
        findings.addAll(guardLimits(root, content, form.signature()));
        yield Optional.of(mirror.kfunc(content, form.signature(), keys.keyring()));
      }
      case NOBODY -> {
        advice.add(ImageFinding.of(ImageCheck.GUARD_UNVERIFIED, program.name()));
        yield Optional.empty();
      }
    };
  }

  /** What is more than the guard looks at; it answers EFBIG. */
  static List<ImageFinding> guardLimits(String path, Bytes content, Bytes signature) {
    List<ImageFinding> found = new ArrayList<>();
    if (content.size() > GUARD_CONTENT_MOST) {
      found.add(ImageFinding.of(ImageCheck.SIZE_MOST, path, content.size(), GUARD_CONTENT_MOST));
    }
    if (signature.size() > GUARD_SIGNATURE_MOST) {
      found.add(
          ImageFinding.of(ImageCheck.SIZE_MOST, path, signature.size(), GUARD_SIGNATURE_MOST));
    }
    return found;
  }
}
