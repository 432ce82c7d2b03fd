// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real kernels and the mirror answer loads that bind maps by {@code fd_array}. */
@Tag("lab")
class MapBindingTest {
  private static final long SEED = Long.getLong("proof.seed", 1);
  private static final int CASES = Math.min(5000, Integer.getInteger("proof.cases", 1000));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"6.18", "7.2", "7.3"})
  void theMirrorAnswersAsTheKernel(String series) {
    BindingMaker maker = new BindingMaker(SEED, series.equals("7.3"));
    List<Case> cases = IntStream.range(0, CASES).mapToObj(maker::make).toList();
    RealKernel kernel = RealKernel.of(series, folder);
    MirrorAnswers mirror =
        new MirrorAnswers(
            KernelProfile.debianCloud(KernelRelease.parse(kernel.release()).orElseThrow()));
    List<Disagreement> disagreements =
        Disagreement.between(cases, kernel.answer(cases), mirror.answer(cases));
    System.out.printf(
        "maps: %s, seed %d, %d cases, %d disagreements%n",
        kernel.release(), SEED, CASES, disagreements.size());
    assertThat(disagreements).isEmpty();
  }
}
