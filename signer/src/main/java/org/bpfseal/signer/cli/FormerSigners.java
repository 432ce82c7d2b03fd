// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.util.List;
import org.bpfseal.signer.key.SigningCertificate;
import org.bpfseal.verifier.CryptoModule;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.SystemKeyring;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;

/**
 * By whom something must be signed already before it is signed anew: the kernel that each form is
 * for has to accept it with their certificates alone.
 *
 * @param certificates none: whoever signed it
 */
record FormerSigners(List<SigningCertificate> certificates) {
  /** Copies the list. */
  FormerSigners {
    certificates = List.copyOf(certificates);
  }

  void require(SignedProgram program) throws CommandFailure {
    for (SignedForm form : program.forms()) {
      KernelMirror mirror = KernelMirror.of(profile(form.generation()));
      KeyringSelector ring = new KeyringSelector.Given(ring(mirror));
      require(form.generation().id() + ": ", mirror.judge(program, form, ring));
    }
  }

  /** The same of a kernel module. */
  void requireModule(Bytes file) throws CommandFailure {
    KernelProfile profile = profile(Generation.V7_3);
    KernelProfile enforcing =
        profile.toBuilder()
            .with(KernelFeature.MODULE_SIG_ENFORCED)
            .keyring(SystemKeyring.SECONDARY, ring(KernelMirror.of(profile)))
            .build();
    require("", KernelMirror.of(enforcing).module(file));
  }

  /** A kernel that can verify with any key that it could be built for. */
  private static KernelProfile profile(Generation generation) {
    KernelRelease release =
        switch (generation) {
          case V7_3 -> KernelRelease.series(7, 3);
          case V6_18 -> KernelRelease.series(6, 18);
        };
    return KernelProfile.debianCloud(release).toBuilder().module(CryptoModule.MLDSA).build();
  }

  private Keyring ring(KernelMirror mirror) {
    Keyring.Builder ring = Keyring.named("signed-by");
    certificates.forEach(certificate -> mirror.addKey(ring, certificate.der()));
    return ring.build();
  }

  private void require(String form, Verdict verdict) throws CommandFailure {
    if (certificates.isEmpty() || !(verdict instanceof Verdict.Rejected rejected)) {
      return;
    }
    throw new CommandFailure(
        ExitCode.REFUSED,
        "%snot signed by --signed-by: %s %s"
            .formatted(form, rejected.word(), rejected.decisive().message()),
        "bpf-verify inspect says who signed it");
  }
}
