// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bpfseal.verifier.CryptoModule;
import org.bpfseal.verifier.KernelProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RulesTest {
  private static final KernelProfile WITH_MODULES =
      CheckLab.with(CryptoModule.SHA3, CryptoModule.STREEBOG, CryptoModule.ECRDSA);

  @ParameterizedTest
  @EnumSource
  void theMirrorFollows(Rules table) {
    MirrorAnswers mirror = new MirrorAnswers(table.needsModules() ? WITH_MODULES : CheckLab.NEW);
    List<Ruled> rows = table.rows();
    List<Case> cases = IntStream.range(0, rows.size()).mapToObj(i -> rows.get(i).asked(i)).toList();
    List<Answer> answers = mirror.answer(cases);
    List<String> wrong =
        IntStream.range(0, rows.size())
            .filter(i -> !rows.get(i).wordOf(answers.get(i)).equals(rows.get(i).word()))
            .mapToObj(i -> "%s: %s".formatted(rows.get(i), answers.get(i)))
            .toList();
    assertThat(wrong).isEmpty();
  }

  @Test
  void eachRuleHasANameOfItsOwn() {
    List<Ruled> all =
        Arrays.stream(Rules.values()).flatMap(table -> table.rows().stream()).toList();
    assertThat(all).extracting(Ruled::rule).doesNotHaveDuplicates();
  }
}
