// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.manifest.FailureMode;
import org.bpfseal.verifier.manifest.KeyringKind;
import org.bpfseal.verifier.program.Generation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanReaderTest {
  private static final String HEAD = "bpfseal-plan 1\nversion 3\ncert a.crt\n";

  private static Plan read(String text) throws FormatException {
    return PlanReader.read(Bytes.utf8(text));
  }

  @Test
  void whatIsNotSaidHasItsDefault() throws FormatException {
    assertThat(read(HEAD + "program a.bpfs\n"))
        .isEqualTo(
            new Plan(
                3,
                Set.of(Generation.V7_3, Generation.V6_18),
                KeyringKind.USER,
                List.of(new Plan.PlannedFile(3, "a.crt")),
                FailureMode.HALT,
                "/init",
                Optional.empty(),
                List.of(
                    new PlannedProgram(
                        new Plan.PlannedFile(4, "a.bpfs"),
                        Optional.empty(),
                        false,
                        new PlannedProgram.OwnLinks(true, Optional.empty()),
                        List.of(),
                        List.of()))));
  }

  @Test
  void readsEveryLine() throws FormatException {
    Plan plan =
        read(
            """
            # what this image is for
            bpfseal-plan 1
            version 4294967295
            kernels 6.18
            keyring builtin
            failure reboot   # so that the other system starts
            next /sbin/init

            program "my programs/ä.bpfs" as exec-guard optional
              pin allowed
              link check check_exec lsm
              link net in tcx dev=lo attach_type=ingress
              links auto
            program b.bpfs
              links none
            """);

    assertThat(plan.kernels()).containsExactly(Generation.V6_18);
    assertThat(plan.keyring()).isEqualTo(KeyringKind.BUILTIN);
    assertThat(plan.failure()).isEqualTo(FailureMode.REBOOT);
    assertThat(plan.programs())
        .containsExactly(
            new PlannedProgram(
                new Plan.PlannedFile(9, "my programs/ä.bpfs"),
                Optional.of("exec-guard"),
                true,
                new PlannedProgram.OwnLinks(true, Optional.empty()),
                List.of(new Plan.PlannedPin(10, "allowed")),
                List.of(
                    new Plan.PlannedLink(
                        11, "check", "check_exec", List.of("lsm"), Optional.empty()),
                    new Plan.PlannedLink(
                        12,
                        "net",
                        "in",
                        List.of("tcx", "dev=lo", "attach_type=ingress"),
                        Optional.empty()))),
            new PlannedProgram(
                new Plan.PlannedFile(14, "b.bpfs"),
                Optional.empty(),
                false,
                new PlannedProgram.OwnLinks(false, Optional.empty()),
                List.of(),
                List.of()));
  }

  @Test
  void aLinkLineTurnsTheOthersOff() throws FormatException {
    assertThat(
            read(HEAD + "program a.bpfs\nlink a b lsm\n").programs().getFirst().ownLinks().made())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          ''                                                              | 1
          'bpfseal-plan 2'                                                | 1
          'bpfseal-plan 1'                                                | 1
          'bpfseal-plan 1;version 0;cert a;program b'                     | 2
          'bpfseal-plan 1;version 4294967296;cert a;program b'            | 2
          'bpfseal-plan 1;version 01;cert a;program b'                    | 2
          'bpfseal-plan 1;version 1;program b'                            | 3
          'bpfseal-plan 1;version 1;keyring builtin;cert a;program b'     | 4
          'bpfseal-plan 1;version 1;keyring other;program b'              | 3
          'bpfseal-plan 1;version 1;kernels 7.3 7.3;cert a;program b'     | 3
          'bpfseal-plan 1;version 1;kernels 7.2;cert a;program b'         | 3
          'bpfseal-plan 1;version 1;cert a'                               | 3
          'bpfseal-plan 1;version 1;cert a;failure continue;program b'    | 4
          'bpfseal-plan 1;version 1;cert a;program b;version 2'           | 5
          'bpfseal-plan 1;version 1;cert a;program b;pin'                 | 5
          'bpfseal-plan 1;version 1;cert a;program b;links all'           | 5
          'bpfseal-plan 1;version 1;cert a;program b;link a b'            | 5
          'bpfseal-plan 1;version 1;cert a;program b;links none;pin m'    | 6
          'bpfseal-plan 1;version 1;cert a;program b required'            | 4
          'bpfseal-plan 1;version 1;cert a;program b as'                  | 4
          'bpfseal-plan 1;version 1;cert a;program "b'                    | 4
          'bpfseal-plan 1;version 1;cert a;hold x'                        | 4
          'bpfseal-plan 1;version 1;cert a;guard g some;program b'        | 4
          'bpfseal-plan 1;version 1;cert a;confirm c as d;program b'      | 4
          'bpfseal-plan 1;version 1;cert a;program b;guard g'             | 5
          'bpfseal-plan 1;version 1;cert a;program b;links none stop-on-confirm' | 5
          'bpfseal-plan 1;version 1;cert a;program b;links auto stop-on-confirm' | 5
          'bpfseal-plan 1;version 1;cert a;program b;link a b lsm stop-on-confirm=none' | 5
          """)
  void refusesALineByItsNumber(String lines, int line) {
    assertThatThrownBy(() -> read(lines.replace(';', '\n')))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("plan: line " + line + " at byte ");
  }

  @Test
  void refusesBytesThatAreNoText() {
    assertThatThrownBy(() -> PlanReader.read(Bytes.of((byte) 0xff)))
        .isInstanceOf(FormatException.class);
  }
}
