// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bpfseal.preload.PreloadImage;
import org.bpfseal.preload.image.InitramfsWriter;
import org.bpfseal.preload.loader.LabKey;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bpf.ProgramType;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.manifest.ManifestText;
import org.bpfseal.verifier.program.DirectLoad;
import org.bpfseal.verifier.program.SignedProgram;
import org.bpfseal.verifier.program.SignedProgramReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
  private static final String HEAD = "bpfseal-plan 1\nversion 3\ncert a.crt\n";
  private static final Bytes CERTIFICATE = Bytes.utf8("a certificate");

  @TempDir Path scratch;

  private static SignedProgram program(String vector) {
    try {
      return SignedProgramReader.read(
          Bytes.owning(
              Files.readAllBytes(Lab.vectors().resolve("signed/programs/" + vector + ".bpfs"))));
    } catch (IOException | FormatException e) {
      throw new AssertionError(e);
    }
  }

  private static PlannedImage planned(String lines, String vector)
      throws FormatException, PlanRefusedException {
    Plan plan = PlanReader.read(Bytes.utf8(HEAD + lines));
    List<SignedProgram> programs = Collections.nCopies(plan.programs().size(), program(vector));
    return Planner.plan(plan, List.of(CERTIFICATE), Optional.empty(), programs);
  }

  @Test
  void theManifestSaysWhatTheLoaderWasSignedToMake() throws FormatException, PlanRefusedException {
    PlannedImage image = planned("program good.bpfs as one optional\n", "good");

    assertThat(ManifestText.of(image.manifest()).toUtf8())
        .contains(
            "version 3\nkeyring user\ncert 01.der ",
            "program one optional\ndata 1904 3e869b69f1f0d453",
            "form 7.3 840 72945bf1eba7e244",
            "form 6.18 1064 4016c0d73c06891f",
            "prog pass_whole_pack socket_filter\n");
    assertThat(image.notes()).singleElement().asString().contains("pass_whole_pack");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      textBlock =
          """
          'link a pass_whole_pack lsm'                       | line 5 | an lsm link takes
          'link a pass_whole_packet xdp dev=lo'              | line 5 | an xdp link takes
          'link a pass_whole_pack cgroup path=/'             | line 5 | a cgroup link takes
          'link a pass_whole_pack tcx dev=lo'                | line 5 | a tcx link takes
          'link a pass_whole_pack kprobe func=vfs_read'      | line 5 | a kprobe link takes
          'link a pass_whole_pack netfilter pf=ipv4 hook=local_in priority=0' | line 5 | a netfilter link takes
          'link a pass_whole_pack uprobe func=main'          | line 5 | a link kind
          'link a pass_whole_pack kprobe fnc=vfs_read'       | line 5 | the key func=
          'link a other lsm'                                 | line 5 | there is no prog other
          'link a pass_whole_pack:2 lsm'                     | line 5 | there is no prog
          'pin counters'                                     | line 5 | no single map counters
          """)
  void refusesWhatDoesNotFitNamingThePlansLine(String line, String where, String why) {
    assertThatThrownBy(() -> planned("program good.bpfs\n" + line + "\n", "good"))
        .isInstanceOf(PlanRefusedException.class)
        .hasMessageStartingWith(where + ": ")
        .hasMessageContaining(why);
  }

  /** Nothing would bind its type and what it is attached to. */
  @Test
  void aProgramWithoutALoaderIsRefused() throws FormatException {
    SignedProgram good = program("good");
    DirectLoad load =
        new DirectLoad("f", ProgramType.SOCKET_FILTER, 0, 0, 0, Optional.empty(), "GPL");
    SignedProgram direct =
        new SignedProgram(
            "good",
            Bytes.EMPTY,
            Optional.of(load),
            List.of(good.forms().getFirst()),
            Optional.empty());
    Plan plan = PlanReader.read(Bytes.utf8(HEAD + "program good.bpfs\n"));
    assertThatThrownBy(
            () -> Planner.plan(plan, List.of(CERTIFICATE), Optional.empty(), List.of(direct)))
        .isInstanceOf(PlanRefusedException.class)
        .hasMessageStartingWith("line 4: good.bpfs has no loader");
  }

  @Test
  void aKernelWithoutAFormIsRefusedAndCanBeLeftOut() throws FormatException, PlanRefusedException {
    assertThatThrownBy(() -> planned("program good.bpfs\n", "good-7.3-only"))
        .isInstanceOf(PlanRefusedException.class)
        .hasMessage("line 4: good.bpfs has no form for kernel 6.18");

    Plan plan =
        PlanReader.read(
            Bytes.utf8("bpfseal-plan 1\nversion 3\nkernels 7.3\ncert a.crt\nprogram good.bpfs\n"));
    assertThat(
            Planner.plan(
                    plan, List.of(CERTIFICATE), Optional.empty(), List.of(program("good-7.3-only")))
                .manifest()
                .programs())
        .hasSize(1);
  }

  @Test
  void theGuardIsPlannedFromItsFile() throws FormatException, PlanRefusedException {
    Plan plan =
        PlanReader.read(
            Bytes.utf8(HEAD + "guard g.bpfs signed\nconfirm 1.crt as b\nprogram p.bpfs\n"));
    var files = new PlannedImage.GuardFiles(program("good"), List.of(CERTIFICATE));
    List<SignedProgram> programs = List.of(program("good"));
    PlannedImage image = Planner.plan(plan, List.of(CERTIFICATE), Optional.of(files), programs);

    assertThat(ManifestText.of(image.manifest()).toUtf8())
        .contains(
            "next /init\nguard signed\ndata 1904 3e869b69f1f0d453",
            "prog pass_whole_pack socket_filter\nconfirm b.der "
                + Digest.sha256(CERTIFICATE).toHex()
                + "\nprogram socket-filter required\n");
    assertThat(image.notes()).hasSize(1);
    assertThatThrownBy(() -> Planner.plan(plan, List.of(CERTIFICATE), Optional.empty(), programs))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void noProgramHasTheGuardsName() throws FormatException {
    Plan plan = PlanReader.read(Bytes.utf8(HEAD + "guard g.bpfs\nprogram p.bpfs as guard\n"));
    var files = new PlannedImage.GuardFiles(program("good"), List.of());

    assertThatThrownBy(
            () ->
                Planner.plan(
                    plan, List.of(CERTIFICATE), Optional.of(files), List.of(program("good"))))
        .isInstanceOf(PlanRefusedException.class)
        .hasMessage("line 5: a program named guard is there already");
  }

  @Test
  void aNameIsThereOnce() {
    assertThatThrownBy(() -> planned("program a.bpfs\nprogram b.bpfs\n", "good"))
        .isInstanceOf(PlanRefusedException.class)
        .hasMessageContaining("line 5: a program named socket-filter is there already");
  }

  @ParameterizedTest
  @CsvSource({
    "good, ''",
    "insns-bit, EKEYREJECTED",
    "data-bit, EKEYREJECTED",
    "sig-bit, EKEYREJECTED",
    "other-key, ENOKEY"
  })
  void theMirrorRefusesWhatTheKernelWould(String vector, String errno)
      throws FormatException, PlanRefusedException {
    Plan plan = PlanReader.read(Bytes.utf8(HEAD + "program p.bpfs\n"));
    LabKey key = new LabKey("rsa", scratch);
    SignedProgram program = program(vector);
    PlannedImage image =
        new PlannedImage(
            Planner.plan(plan, List.of(key.der()), Optional.empty(), List.of(program("good")))
                .manifest(),
            List.of(key.der()),
            Optional.empty(),
            List.of(program),
            List.of());
    Bytes manifest = ManifestText.of(image.manifest());

    if (errno.isEmpty()) {
      judge(plan, image, key.sign(manifest));
      assertThatThrownBy(() -> judge(plan, image, key.sign(Bytes.utf8("another"))))
          .isInstanceOf(PlanRefusedException.class)
          .hasMessageContaining("the manifest's signature: EKEYREJECTED");
    } else {
      assertThatThrownBy(() -> judge(plan, image, key.sign(manifest)))
          .isInstanceOf(PlanRefusedException.class)
          .hasMessageContaining("line 4: kernel 7.3 would refuse p.bpfs: " + errno);
    }
  }

  private static void judge(Plan plan, PlannedImage image, Bytes signature)
      throws FormatException, PlanRefusedException {
    Bytes manifest = ManifestText.of(image.manifest());
    Bytes archive = InitramfsWriter.write(PreloadImage.of(image, manifest, signature).files());
    PlanJudge.judge(plan, image.certificates(), archive);
  }
}
