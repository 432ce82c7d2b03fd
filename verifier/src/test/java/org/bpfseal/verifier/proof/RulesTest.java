// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.bpfseal.verifier.CryptoModule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RulesTest {
  // Made once: a mutation test asks for one row at a time.
  private static final List<Ruled> RULES = Rules.all();
  private static final List<Ruled> RULES_OF_MODULES = GostRules.all();
  private static final MirrorAnswers MIRROR = new MirrorAnswers(CheckLab.NEW);

  private static final MirrorAnswers WITH_MODULES =
      new MirrorAnswers(
          CheckLab.with(CryptoModule.SHA3, CryptoModule.STREEBOG, CryptoModule.ECRDSA));

  static List<Ruled> rules() {
    return RULES;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theMirrorFollows(Ruled rule) {
    Answer answer = MIRROR.answer(List.of(rule.asked(1))).getFirst();
    assertThat(rule.wordOf(answer)).as(rule.rule()).isEqualTo(rule.word());
  }

  static List<Ruled> rulesOfModules() {
    return RULES_OF_MODULES;
  }

  @ParameterizedTest
  @MethodSource("rulesOfModules")
  void theMirrorFollowsWithModules(Ruled rule) {
    Answer answer = WITH_MODULES.answer(List.of(rule.asked(1))).getFirst();
    assertThat(rule.wordOf(answer)).as(rule.rule()).isEqualTo(rule.word());
  }

  @Test
  void eachRuleHasANameOfItsOwn() {
    List<Ruled> all = Stream.of(rules(), rulesOfModules()).flatMap(List::stream).toList();
    assertThat(all).extracting(Ruled::rule).doesNotHaveDuplicates();
  }
}
