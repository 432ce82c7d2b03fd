// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bpfseal.verifier.AddKeyResult;
import org.bpfseal.verifier.CryptoModule;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.LoadRequest;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.judge.CorpusJudge;
import org.bpfseal.verifier.keyring.Keyring;

/** The mirror's answers to the cases. */
record MirrorAnswers(KernelProfile profile) {
  static final String WITH_MODULES = "+modules";
  static final String IN_FIPS_MODE = "+fips";

  /** The modules that Debian has. */
  private static final List<CryptoModule> MODULES =
      List.of(CryptoModule.SHA3, CryptoModule.STREEBOG, CryptoModule.ECRDSA);

  private static final int THREAD = -1;
  private static final int THREADS = 2;

  /**
   * The mirror of Debian's cloud kernel.
   *
   * @param release with {@code +modules} behind it, if SHA-3, Streebog and EC-RDSA are loaded, or
   *     with {@code +fips} for FIPS mode
   */
  static MirrorAnswers of(String release) {
    String plain = release.replace(WITH_MODULES, "").replace(IN_FIPS_MODE, "");
    KernelProfile.Builder builder =
        KernelProfile.debianCloud(KernelRelease.parse(plain).orElseThrow()).toBuilder();
    if (release.endsWith(WITH_MODULES)) {
      MODULES.forEach(builder::module);
    }
    if (release.endsWith(IN_FIPS_MODE)) {
      builder.with(KernelFeature.FIPS);
    }
    return new MirrorAnswers(builder.build());
  }

  /** As {@code bpf-verify judge} writes them, which doesn't know cases with steps. */
  List<Answer> judge(List<Case> cases) {
    List<Case> plain = cases.stream().filter(one -> one.steps().isEmpty()).toList();
    Iterator<Answer> judged = plainly(plain).iterator();
    return cases.stream().map(one -> one.steps().isEmpty() ? judged.next() : answer(one)).toList();
  }

  private List<Answer> plainly(List<Case> cases) {
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
    if (!one.steps().isEmpty()) {
      return stepped(one);
    }
    Keyring.Builder ring = Keyring.named("case");
    List<AddKeyResult> added = KernelMirror.of(profile).addKeys(ring, one.certificates());
    String certificates =
        added.stream().map(each -> each.verdict().word()).collect(Collectors.joining(","));
    String load = one.load().map(each -> load(each, ring.build()).word()).orElse("-");
    return new Answer(one.id(), load, certificates.isEmpty() ? "-" : certificates);
  }

  private Answer stepped(Case one) {
    Keyring.Builder ring = Keyring.named("case");
    List<String> words = new ArrayList<>();
    for (AddKeyResult result : KernelMirror.of(profile).addKeys(ring, one.certificates())) {
      words.add(result.verdict().word());
    }
    SteppedMirror mirror = new SteppedMirror(profile, ring.build().keys());
    one.steps().forEach(step -> words.add(mirror.take(step)));
    String load = one.load().map(each -> mirror.load(each).word()).orElse("-");
    return new Answer(one.id(), load, String.join(",", words));
  }

  private Verdict load(Case.Load load, Keyring ring) {
    Keyring thread = Keyring.named("_tid").link(ring).build();
    KernelMirror mirror = KernelMirror.of(profile.toBuilder().keyring(THREAD, thread).build());
    return mirror.load(
        request(
            load,
            load.keyringId() == Case.FRESH
                ? new KeyringSelector.Given(ring)
                : new KeyringSelector.Id(load.keyringId())));
  }

  static LoadRequest request(Case.Load load, KeyringSelector keyring) {
    return new LoadRequest(
        load.insns(),
        load.isNull() ? Optional.empty() : Optional.of(load.signature()),
        load.signatureSize() == Case.WHOLE ? load.signature().size() : load.signatureSize(),
        keyring,
        load.binding().filter(each -> !each.isNull()).map(Binding::mirrored),
        load.binding().map(Binding::count).orElse(0));
  }
}
