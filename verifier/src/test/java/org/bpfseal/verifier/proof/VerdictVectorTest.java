// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.Test;

/** What the mirror once answered differently from a kernel; it must never again. */
class VerdictVectorTest {
  private static final List<VerdictVector> VECTORS =
      VerdictVector.all(Lab.vectors().resolve("verdicts"));

  @Test
  void theMirrorAnswersAsTheKernelsDid() {
    assertThat(VECTORS).isNotEmpty();
    for (VerdictVector vector : VECTORS) {
      vector
          .answers()
          .forEach(
              (series, answer) -> {
                assertThat(MirrorAnswers.of(series).answer(List.of(vector.one())))
                    .as("%s on %s", vector.one().story(), series)
                    .containsExactly(answer);
              });
    }
  }

  @Test
  void aVectorIsReadAsItWasWritten() {
    VerdictVector vector = VECTORS.getFirst();
    Map<String, Answer> answers = vector.answers();
    String text = VerdictVector.text(vector.one(), answers);
    assertThat(VerdictVector.read(vector.one().id(), text.lines().toList())).isEqualTo(vector);
  }
}
