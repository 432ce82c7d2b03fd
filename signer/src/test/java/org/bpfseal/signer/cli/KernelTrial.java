// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.KeyringSelector;
import org.bpfseal.verifier.Verdict;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.keyring.Keyring;
import org.bpfseal.verifier.program.Generation;
import org.bpfseal.verifier.program.SignedForm;
import org.bpfseal.verifier.program.SignedProgram;

/** Loads for one kernel and for the mirror of it, which have to answer alike. */
final class KernelTrial {
  private final String series;
  private final KernelGuest guest;
  private final KernelMirror mirror;
  private final Generation generation;
  private final List<Expected> expected = new ArrayList<>();
  private KeyringSelector ring = new KeyringSelector.Given(Keyring.named("none").build());

  /** A question, by its number, and what must be answered. */
  private record Expected(int number, String story, String word, String mirrored, String mirror) {}

  KernelTrial(Path folder, int major, int minor) {
    series = major + "." + minor;
    guest = new KernelGuest(folder);
    KernelRelease release = KernelRelease.series(major, minor);
    mirror = KernelMirror.of(KernelProfile.debianCloud(release));
    generation = release.isAtLeast(7, 3) ? Generation.V7_3 : Generation.V6_18;
  }

  /** Such as 7.3. */
  String series() {
    return series;
  }

  /** The next loads may be signed by the keys of these certificates. */
  void trust(Bytes... certificates) {
    guest.ring(certificates);
    Keyring.Builder builder = Keyring.named("ring");
    for (Bytes certificate : certificates) {
      assertThat(mirror.addKey(builder, certificate).key()).isPresent();
    }
    ring = new KeyringSelector.Given(builder.build());
  }

  /**
   * Asks for the kernel's form of a program.
   *
   * @param word that both must answer
   */
  void ask(String story, SignedProgram program, String word) {
    ask(story, program, program.form(generation).orElseThrow(), word);
  }

  /** Asks for a form that may be another kernel's. */
  void ask(String story, SignedProgram program, SignedForm form, String word) {
    ask(story, program, form, word, word);
  }

  /** Asks for what the kernel's BPF verifier decides, which the mirror doesn't judge. */
  void ask(String story, SignedProgram program, SignedForm form, String word, String mirrored) {
    Verdict verdict = mirror.judge(program, form, ring);
    int number =
        program.direct().isPresent()
            ? guest.program(program.direct().get(), form, program.data())
            : guest.loader(form, program.data());
    expected.add(new Expected(number, story, word, mirrored, verdict.word()));
  }

  /** Boots, and compares all answers. */
  void end() {
    List<String> words = guest.boot(series, List.of());
    assertThat(expected)
        .allSatisfy(
            answer -> {
              assertThat(words.get(answer.number)).as(answer.story).isEqualTo(answer.word);
              assertThat(answer.mirror).as(answer.story + ", mirror").isEqualTo(answer.mirrored);
            });
  }
}
