// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {
  private static final MirrorAnswers MIRROR = new MirrorAnswers(CheckLab.NEW);

  static List<Ruled> rules() {
    return Rules.all();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theMirrorFollows(Ruled rule) {
    Answer answer = MIRROR.answer(List.of(rule.asked(1))).getFirst();
    assertThat(rule.wordOf(answer)).as(rule.rule()).isEqualTo(rule.word());
  }

  @Test
  void eachRuleHasANameOfItsOwn() {
    assertThat(rules()).extracting(Ruled::rule).doesNotHaveDuplicates();
  }
}
