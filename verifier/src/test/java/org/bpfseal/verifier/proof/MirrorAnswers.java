// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bpfseal.verifier.AddKeyResult;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.LoadRequest;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.judge.CorpusJudge;
import org.bpfseal.verifier.keyring.Keyring;

/** The mirror's answers to the cases. */
record MirrorAnswers(KernelProfile profile) {
  private static final int THREAD = -1;
  private static final int THREADS = 2;

  /** As {@code bpf-verify judge} writes them. */
  List<Answer> judge(List<Case> cases) {
    StringBuilder lines = new StringBuilder();
    try {
      CorpusJudge.run(
          KernelMirror.of(profile), Corpus.of(cases), lines, THREADS, (done, all) -> {});
    } catch (FormatException | IOException e) {
      throw new AssertionError(e);
    }
    return Answer.all(lines.toString().lines().toList());
  }

  /** Through the public types, which can bind maps too. */
  List<Answer> answer(List<Case> cases) {
    return cases.parallelStream().map(this::answer).toList();
  }

  private Answer answer(Case one) {
    Keyring.Builder ring = Keyring.named("case");
    List<AddKeyResult> added = KernelMirror.of(profile).addKeys(ring, one.certificates());
    String certificates =
        added.stream().map(each -> each.verdict().word()).collect(Collectors.joining(","));
    String load = one.load().map(each -> load(each, ring.build()).word()).orElse("-");
    return new Answer(one.id(), load, certificates.isEmpty() ? "-" : certificates);
  }

  private Verdict load(Case.Load load, Keyring ring) {
    Keyring thread = Keyring.named("_tid").link(ring).build();
    KernelMirror mirror = KernelMirror.of(profile.toBuilder().keyring(THREAD, thread).build());
    return mirror.load(
        new LoadRequest(
            load.insns(),
            load.isNull() ? Optional.empty() : Optional.of(load.signature()),
            load.signatureSize() == Case.WHOLE ? load.signature().size() : load.signatureSize(),
            load.keyringId() == Case.FRESH
                ? new KeyringSelector.Given(ring)
                : new KeyringSelector.Id(load.keyringId()),
            load.binding().filter(each -> !each.isNull()).map(Binding::mirrored),
            load.binding().map(Binding::count).orElse(0)));
  }
}
