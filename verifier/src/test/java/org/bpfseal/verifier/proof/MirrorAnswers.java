// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bpfseal.verifier.AddKeyResult;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.LoadRequest;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.keyring.Keyring;

/** The mirror's answers to the cases, through its public types. */
record MirrorAnswers(KernelProfile profile) {
  private static final int THREAD = -1;

  /** Of the session, the user, and the user's sessions. */
  private static final int[] EMPTY_KEYRINGS = {-3, -4, -5};

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

  /** What a process without keys of its own has: its thread keyring, and three empty ones. */
  private KernelProfile withThread(Keyring thread) {
    KernelProfile.Builder builder = profile.toBuilder().keyring(THREAD, thread);
    for (int id : EMPTY_KEYRINGS) {
      builder.keyring(id, Keyring.empty(Integer.toString(id)));
    }
    return builder.build();
  }

  private Verdict load(Case.Load load, Keyring ring) {
    Keyring thread = Keyring.named("_tid").link(ring).build();
    KernelMirror mirror = KernelMirror.of(withThread(thread));
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
