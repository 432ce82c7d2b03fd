// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.attest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.manifest.Manifest;
import org.bpfseal.verifier.manifest.ManifestReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttestationTest {
  private static final String HASH = "0".repeat(64);

  private static final String MANIFEST =
      """
      bpfseal-manifest 1
      version 7
      keyring user
      cert a.der HASH
      failure halt
      next /init
      guard types
      data 8 HASH
      form 7.3 8 HASH
      prog guard_command lsm
      confirm ops.der HASH
      program exec required
      data 8 HASH
      form 7.3 8 HASH
      map allowed hash pin
      prog check_exec lsm
      prog count tracepoint
      link check check_exec lsm stop-on-confirm
      link count count tracepoint category=sched name=sched_switch
      program net optional
      data 8 HASH
      form 7.3 8 HASH
      prog frames xdp
      link frames frames xdp dev=lo stop-on-confirm=none best-effort
      """
          .replace("HASH", HASH);

  /** What the manifest says, and a fence of the service manager's. */
  static final String GOOD =
      """
      bpfseal-inventory 1
      kernel 7.3.4+deb13-cloud-amd64
      guard kernel guard kernel 7 types 00112233445566778899aabbccddeeff
      prog 21 29 0123456789abcdef check_exec
      prog 22 5 0123456789abcdef count
      prog 23 6 0123456789abcdef frames
      prog 90 15 0123456789abcdef -
      link 11 2 21
      link 12 7 22
      link 13 6 23
      link 14 4 30
      hold 11 held 923 exec/check
      hold 13 held 0 net/frames
      hold 14 own 0 guard/guard_status
      pin link 11 exec/check
      pin link 12 exec/count
      pin map 5 exec/allowed
      pin link 13 net/frames
      end
      """;

  private static List<String> deviations(String inventory) throws FormatException {
    Manifest manifest = ManifestReader.read(Bytes.utf8(MANIFEST));
    return Attestation.of(manifest, RunningSystemReader.read(Bytes.utf8(inventory))).stream()
        .filter(Deviation::isFault)
        .map(each -> each.kind().text() + " " + each.subject() + " " + each.text())
        .toList();
  }

  @Test
  void whatTheManifestSaysHasNoFault() throws FormatException {
    assertThat(deviations(GOOD)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          guard kernel guard kernel 7 types 00112233445566778899aabbccddeeff | guard none | missing guard no sealed guard answers
          kernel 7 types         | kernel 6 types            | different guard manifest version is 6, not 7
          7 types                | 7 any                     | different guard policy for loads is any, not types
          11 held 923            | 11 released 923           | different exec/check its stop was confirmed
          11 held 923            | 11 held 0                 | different exec/check whether its stop may be confirmed is false, not true
          hold 11 held 923 exec/check | hold 18 held 923 other/check | missing exec/check the guard doesn't hold it
          hold 14 own 0 guard/guard_status | hold 14 held 9 x/y   | extra x/y is held, and the manifest doesn't know it
          pin link 11 exec/check | pin link 12 exec/check    | different exec/check its pin is of another link than its hold
          pin link 12 exec/count | pin link 12 exec/other    | missing exec/count its pin isn't in the view
          pin map 5 exec/allowed | pin map 5 exec/denied     | missing exec/maps/allowed its pin isn't in the view
          link 11 2 21           | link 19 2 21              | missing exec/check link 11 has ended
          link 12 7 22           | link 12 1 22              | different exec/count link type is 1, not 7
          link 12 7 22           | link 12 7 23              | different exec/count program is frames (xdp), not count (tracepoint)
          link 12 7 22           | link 12 7 77              | different exec/count its program isn't given out
          prog 90 15             | prog 90 29                | extra  (lsm) id 90 runs besides
          """)
  void eachDifferenceIsFound(String right, String wrong, String deviation) throws FormatException {
    assertThat(GOOD).contains(right);
    assertThat(deviations(GOOD.replace(right, wrong))).contains(deviation);
  }

  /** Passed over at boot, as the manifest allows. */
  @Test
  void anOptionalProgramMayBeMissing() throws FormatException {
    String without = GOOD.replaceAll("(?m)^(prog 23|link 13|hold 13|pin link 13) .*\n", "");
    assertThat(deviations(without)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bpfseal-inventory 1 | bpfseal-inventory 2  | 1
          prog 21 29          | prog 021 29          | 4
          check_exec          | check/exec           | 4
          link 11 2 21        | link 11 2            | 8
          pin link 12         | pin prog 12          | 16
          end                 | fin                  | 19
          """)
  void anyOtherLineIsRefused(String right, String wrong, int line) {
    String text = GOOD.replaceFirst(right, wrong);
    assertThatThrownBy(() -> RunningSystemReader.read(Bytes.utf8(text)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("line " + line + " ");
  }

  @ParameterizedTest
  @CsvSource({"''", "bpfseal-inventory 1", "'bpfseal-inventory 1\nkernel x\nguard none\n'"})
  void aCutOneIsRefused(String text) {
    assertThatThrownBy(() -> RunningSystemReader.read(Bytes.utf8(text)))
        .isInstanceOf(FormatException.class);
  }
}
