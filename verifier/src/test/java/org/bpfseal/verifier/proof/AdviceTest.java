// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.bpfseal.verifier.proof.CheckLab.LEAF;
import static org.bpfseal.verifier.proof.CheckLab.PROGRAM;
import static org.bpfseal.verifier.proof.CheckLab.ROOT;
import static org.bpfseal.verifier.proof.CheckLab.by;
import static org.bpfseal.verifier.proof.CheckLab.inside;
import static org.bpfseal.verifier.proof.CheckLab.load;
import static org.bpfseal.verifier.proof.CheckLab.signer;

import java.util.List;
import org.bpfseal.verifier.Advice;
import org.bpfseal.verifier.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AdviceTest {
  static List<AdviceCases.AdviceCase> all() {
    return AdviceCases.all();
  }

  @ParameterizedTest
  @MethodSource("all")
  void isGivenAndChangesNoVerdict(AdviceCases.AdviceCase one) {
    var verdict = one.verdict().get();
    assertThat(verdict.word()).isEqualTo("OK");
    assertThat(verdict.advice())
        .extracting(Advice::kind, Advice::path)
        .containsExactly(tuple(one.kind(), one.path()));
    assertThat(verdict.advice().getFirst().message()).doesNotContain("%", "null");
  }

  @Test
  void everyKindHasACase() {
    assertThat(all()).extracting(AdviceCases.AdviceCase::kind).contains(Advice.Kind.values());
  }

  @Test
  void goodMessagesGetNone() {
    var attributes =
        signer(ROOT).attributes(MessageRecipe.contentType(), MessageRecipe.messageDigest(PROGRAM));
    for (MessageRecipe good :
        List.of(by(signer(ROOT)), by(attributes), inside(LEAF), inside(ROOT))) {
      assertThat(load(good)).isEqualTo(new Verdict.Accepted(List.of()));
    }
  }
}
