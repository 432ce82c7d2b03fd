// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpfseal.preload.image.Compression;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiffCommandTest {
  @TempDir static Path folder;
  private static Path before = Path.of("");
  private static Path after = Path.of("");

  private static final String NEXT =
      """
      bpfseal-plan 1
      version 8
      cert %1$s/rsa.crt
      cert %1$s/other.crt
      failure reboot
      guard guard.bpfs any
      confirm %1$s/other.crt as operator
      program xdp-and-tc.bpfs as net
        link frames count_frames xdp dev=lo mode=generic
        link incoming look_at_incoming tcx dev=lo stop-on-confirm
        link outgoing classify tcx dev=lo attach_type=egress
      program tracepoints.bpfs
        link exec on_exec tracepoint category=sched name=sched_process_exec
      program lsm-observers.bpfs
        links auto stop-on-confirm
      """
          .formatted(BuiltImage.KEYS);

  @BeforeAll
  static void build() {
    BuiltImage made =
        BuiltImage.signed(folder, "rsa", "lsm-observers", "xdp-and-tc", "tracepoints");
    before = made.image("before.img", BuiltImage.GUARDED, "rsa");
    after = made.image("after.img", NEXT, "other");
  }

  private static List<String> lines(Path one, Path other) {
    BuiltImage.Answer answer = BuiltImage.run("diff", one, other);
    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(answer.out().isEmpty() ? 0 : 1);
    return answer.out().lines().map(line -> line.replaceAll(" +", " ")).toList();
  }

  @Test
  void saysWhatAReleaseChanges() {
    assertThat(lines(before, after))
        .map(line -> line.replaceAll("[0-9a-f]{64}", "HASH"))
        .containsExactly(
            "version 7 becomes 8",
            "manifest signer bpfseal: example rsa, never trust becomes bpfseal: example other,"
                + " never trust",
            "manifest certificate 02.der (sha256 HASH) is added",
            "manifest outcome of a failure halt becomes reboot",
            "guard policy for loads signed becomes any",
            "guard confirmer second.der (sha256 HASH) is removed",
            "program net is required now",
            "program net map packets is no longer pinned",
            "program net link frames is no longer held: whoever is root may end it",
            "program net link incoming is held now, operator.der may confirm, best effort",
            "program net link outgoing (tcx dev=lo attach_type=47) is added, not held",
            "program tracepoints is added at position 2, with 1 link, 0 of them held",
            "order lsm-observers net becomes net lsm-observers");
  }

  @Test
  void aReleaseBackwardsIsSaidToBeOlder() {
    assertThat(lines(after, before))
        .startsWith("version 8 becomes 7, which is older")
        .contains(
            "program tracepoints is removed, with 1 link, 0 of them held",
            "program net link frames is held now, nobody may confirm, best effort");
  }

  @Test
  void packingIsNoDifference() throws IOException {
    Bytes packed = Compression.XZ.compress(Bytes.owning(Files.readAllBytes(before)));
    Path other = Files.write(folder.resolve("packed.img"), packed.toArray());
    assertThat(lines(before, other)).isEmpty();
    assertThat(BuiltImage.run("diff", "--json", before, other).out()).contains("\"same\": true");
  }

  /** A change under an old number, by another signer or in the code. */
  @ParameterizedTest
  @CsvSource({"other, rsa, manifest signer", "rsa, other, 'program lsm-observers signer'"})
  void aVersionThatStaysIsSaid(String manifestKey, String programKey, String change)
      throws IOException {
    Path again = Files.createDirectories(folder.resolve(programKey));
    String both =
        BuiltImage.GUARDED.replaceFirst("guard", "cert " + BuiltImage.KEYS + "/other.crt\nguard");
    Path old = new BuiltImage(folder).image("old.img", both, "rsa");
    Path now =
        BuiltImage.signed(again, programKey, "lsm-observers", "xdp-and-tc")
            .image("now.img", both, manifestKey);
    assertThat(lines(old, now))
        .startsWith("version stays 7, whatever else changes")
        .anyMatch(line -> line.startsWith(change));
  }

  @Test
  void jsonHasTheSame() {
    assertThat(BuiltImage.run("diff", "--json", before, after).out())
        .contains("\"schema\": \"bpfseal-diff 1\"", "\"same\": false")
        .contains("\"change\": \"policy for loads signed becomes any\"");
  }

  @Test
  void whatIsNoImageIsMalformed() {
    Path none = new BuiltImage(folder).write("none", "none");
    assertThat(BuiltImage.run("diff", before, none).exitCode()).isEqualTo(3);
    assertThat(BuiltImage.run("diff", before).exitCode()).isEqualTo(2);
  }
}
