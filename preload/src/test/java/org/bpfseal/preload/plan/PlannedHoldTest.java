// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.manifest.LoadPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannedHoldTest {
  private static Plan plan(String lines) throws FormatException {
    return PlanReader.read(
        Bytes.utf8("bpfseal-plan 1\nversion 3\ncert a.crt\n" + lines.replace(';', '\n')));
  }

  @ParameterizedTest
  @CsvSource({"guard g.bpfs, TYPES", "guard g.bpfs types, TYPES", "guard g.bpfs any, ANY"})
  void theGuardsLineHasAPolicy(String line, LoadPolicy loads) throws FormatException {
    assertThat(plan(line + ";program p.bpfs").guard())
        .contains(new PlannedGuard(new Plan.PlannedFile(4, "g.bpfs"), loads, List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          stop-on-confirm       | a.der b.der c.der
          stop-on-confirm=none  | ''
          stop-on-confirm=b     | b.der
          stop-on-confirm=c,a   | a.der c.der
          stop-on-confirm=c,b,a | a.der b.der c.der
          """)
  void aHoldNamesFilesInTheOrderOfTheConfirmLines(String hold, String files)
      throws FormatException {
    PlannedProgram program =
        plan("guard g.bpfs;confirm 1 as a;confirm 2 as b;confirm 3 as c;program p.bpfs;link l p lsm "
                + hold
                + ";links auto "
                + hold)
            .programs()
            .getFirst();
    List<String> names = files.isEmpty() ? List.of() : List.of(files.split(" ", -1));

    assertThat(program.ownLinks()).isEqualTo(new PlannedProgram.OwnLinks(true, Optional.of(names)));
    assertThat(program.links())
        .containsExactly(new Plan.PlannedLink(9, "l", "p", List.of("lsm"), Optional.of(names)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          guard g;program p;links auto stop-on-confirm                  | 6 | stop-on-confirm=none
          guard g;confirm 1 as a;program p;links auto stop-on-confirm=b   | 7 | names of confirm lines
          guard g;confirm 1 as a;program p;links auto stop-on-confirm=a,a | 7 | names of confirm lines
          guard g;confirm 1 as a;program p;links auto stop-on-confirm=    | 7 | names of confirm lines
          guard g;confirm 1 as a;program p;links auto best-effort         | 7 | links auto
          guard g;confirm 1 as a;program p;links none stop-on-confirm     | 7 | links auto
          guard g;confirm 1 as a;confirm 2 as a;program p                 | 6 | each name once
          guard g;confirm 1 as 01;program p                               | 5 | confirm FILE as NAME
          guard g;confirm 1 as none;program p                             | 5 | confirm FILE as NAME
          guard g;confirm 1 to a;program p                                | 5 | confirm FILE as NAME
          guard g;confirm 1;program p                                     | 5 | confirm FILE as NAME
          guard g every;program p                                         | 4 | expected guard
          confirm 1 as a;program p                                        | 4 | guard before confirm
          program p;link l p lsm stop-on-confirm=none                     | 5 | a guard line
          """)
  void refusesAHoldThatNobodyCouldMean(String lines, int line, String why) {
    assertThatThrownBy(() -> plan(lines))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("plan: line " + line + " at byte ")
        .hasMessageContaining(why);
  }

  @Test
  void sixteenMayConfirm() throws FormatException {
    StringBuilder lines = new StringBuilder("guard g");
    for (int i = 0; i < 16; i++) {
      lines.append(";confirm c as c").append(i);
    }
    assertThat(plan(lines + ";program p").guard().orElseThrow().confirmers()).hasSize(16);
    assertThatThrownBy(() -> plan(lines + ";confirm c as more;program p"))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("at most 16");
  }
}
