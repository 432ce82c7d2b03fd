// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.bpfseal.preload.loader.GuestCommands.CONTROL;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bpfseal.preload.attest.Attestation;
import org.bpfseal.preload.attest.Deviation;
import org.bpfseal.preload.attest.RunningSystem;
import org.bpfseal.preload.attest.RunningSystemReader;
import org.bpfseal.preload.guard.GuardProgram;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.manifest.Manifest;
import org.bpfseal.verifier.manifest.ManifestReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An image on a machine that runs: what is there, and whether an older image may come back. */
@Tag("lab")
class LifeCycleTest {
  private static final String PIN = "/run/initramfs/bpfseal/lsm-observers/loose";

  @TempDir Path folder;

  /** Version 7, as all of the kind; a link that is held and one that isn't. */
  private LabImage image() {
    LabKey key = new LabKey("rsa", folder);
    LabProgram program =
        LabProgram.of(
            "lsm-observers",
            key,
            LabPrograms.LSM_OBJECTS
                + "link open watch_open lsm stop-on-confirm\nlink loose watch_exec lsm\n");
    return new LabImage()
        .trusting(key.der())
        .guarded(
            GuardProgram.signedBy(key),
            "signed",
            Map.of("ops.der", new LabKey("other", folder).der()),
            key)
        .required(program);
  }

  private static List<String> faults(Manifest manifest, GuestCommands.Answer inventory)
      throws FormatException {
    assertThat(inventory.exit()).isZero();
    RunningSystem system =
        RunningSystemReader.read(Bytes.utf8(String.join("\n", inventory.lines()) + "\n"));
    return Attestation.of(manifest, system).stream()
        .filter(Deviation::isFault)
        .map(each -> each.kind().text() + " " + each.subject())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.3", "6.18"})
  void tellsWhatRunsAndRemembersTheHighestVersion(String kernel) throws FormatException {
    LabImage image = image();
    GuestCommands.into(
        image,
        folder,
        CONTROL + "inventory",
        "unlink " + PIN,
        CONTROL + "inventory",
        CONTROL + "floor /floor",
        CONTROL + "floor /floor",
        "write /floor 8",
        CONTROL + "floor /floor",
        "write /floor eight",
        CONTROL + "floor /floor",
        CONTROL + "status");
    Path file = image.write(folder.resolve("image"));
    GuestCommands commands =
        new GuestCommands(
            Guest.boot(kernel, file, "bpfseal.min_version=7 x=bpfseal.min_version=9"));
    Manifest manifest = ManifestReader.read(Bytes.utf8(image.manifest()));
    List<GuestCommands.Answer> answers = commands.answers();

    assertThat(commands.guest().report())
        .contains("floor min_version=7 version=7 result=OK")
        .anyMatch(line -> line.startsWith("done "));
    assertThat(answers).as(String.join("\n", commands.guest().console())).hasSize(10);
    assertThat(faults(manifest, answers.get(0))).isEmpty();
    assertThat(answers.get(1).exit()).isZero();
    assertThat(faults(manifest, answers.get(2))).containsExactly("missing lsm-observers/loose");
    assertThat(answers.subList(3, 9))
        .containsExactly(
            new GuestCommands.Answer(0, List.of("floor 7")),
            new GuestCommands.Answer(0, List.of("floor 7")),
            new GuestCommands.Answer(0, List.of()),
            new GuestCommands.Answer(
                1,
                List.of(
                    "bpfseal: error: refused: this boot's manifest has version 7, and /floor has seen 8")),
            new GuestCommands.Answer(0, List.of()),
            new GuestCommands.Answer(3, List.of("bpfseal: error: /floor: has no version")));
    assertThat(answers.get(9).lines()).contains("manifest   carrier guard, version 7");
  }

  @Test
  void anImageBelowTheFloorHalts() {
    Guest guest =
        Guest.boot("7.3", image().write(folder.resolve("image")), "bpfseal.min_version=8");

    assertThat(guest.report())
        .endsWith(
            "floor min_version=8 version=7 result=ESTALE",
            "failure step=floor result=ESTALE outcome=halt");
    assertThat(guest.ended()).isFalse();
  }

  @Test
  void aFloorThatIsNoNumberHalts() {
    Guest guest =
        Guest.boot("7.3", image().write(folder.resolve("image")), "bpfseal.min_version=1x");

    assertThat(guest.report()).endsWith("failure step=floor result=EINVAL outcome=halt");
  }
}
