// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The boot loader as process 1 of Debian's kernels; bpftool and openssl make what it loads. */
@Tag("lab")
class LoaderBootTest {
  @TempDir static Path folder;
  private static LabKey key;
  private static LabPrograms programs;
  private static LabProgram lsm;

  @BeforeAll
  static void makeProgram() {
    key = new LabKey("rsa", folder);
    programs = new LabPrograms(key);
    lsm = programs.lsm();
  }

  private static LabImage image() {
    return new LabImage().trusting(key.der());
  }

  private static Guest boot(String kernel, LabImage image) {
    return Guest.boot(kernel, image.write(folder.resolve("image")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.3", "6.18"})
  void everyLinkKindIsAttachedAndPinned(String kernel) {
    LabImage image = image();
    List.of(
            lsm,
            programs.tracing(),
            programs.tracepoints(),
            programs.kprobes(),
            programs.packets(),
            programs.cgroup(),
            programs.iterators(),
            programs.netfilter())
        .forEach(image::required);
    Guest guest = boot(kernel, image);

    assertThat(guest.report())
        .startsWith(
            guest.report().getFirst(),
            "cert name=release.der result=OK",
            "keyring kind=user restricted=yes result=OK",
            "manifest carrier=none",
            "program name=lsm-observers form=" + kernel + " step=load result=OK carrier=kernel",
            "link program=lsm-observers name=open kind=lsm step=attach result=OK")
        .endsWith("done programs=8 links=16 failed=0 next=/sbin/next");
    assertThat(guest.report().getFirst()).startsWith("start version=7 kernel=" + kernel + ".");
    assertThat(guest.pins())
        .containsExactlyInAnyOrder(
            "/bpfseal/lsm-observers/open",
            "/bpfseal/tracing-targets/enter",
            "/bpfseal/tracing-targets/leave",
            "/bpfseal/tracing-targets/keep",
            "/bpfseal/tracing-targets/exec",
            "/bpfseal/tracepoints/switch",
            "/bpfseal/tracepoints/exec",
            "/bpfseal/kprobes/enter",
            "/bpfseal/kprobes/return",
            "/bpfseal/kprobes/many",
            "/bpfseal/xdp-and-tc/maps/packets",
            "/bpfseal/xdp-and-tc/frames",
            "/bpfseal/xdp-and-tc/incoming",
            "/bpfseal/cgroup-network/in",
            "/bpfseal/cgroup-network/connect",
            "/bpfseal/iterators/tasks",
            "/bpfseal/netfilter-accept/in");
    assertThat(guest.ended()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"7.3", "6.18"})
  void anEllipticKeySignsToo(String kernel) {
    LabKey elliptic = new LabKey("p256", folder);
    LabProgram program =
        LabProgram.of("lsm-observers", elliptic, LabPrograms.LSM_OBJECTS + LabPrograms.LSM_LINK);
    Guest guest = boot(kernel, new LabImage().trusting(elliptic.der()).required(program));

    assertThat(guest.report()).endsWith("done programs=1 links=1 failed=0 next=/sbin/next");
  }

  @Test
  void aFailureRebootsWhereTheManifestSaysSo() {
    LabImage image = image().ending("failure reboot\nnext /sbin/none\n").required(lsm);
    Guest guest = boot("7.3", image);

    assertThat(guest.report()).endsWith("failure step=next result=ENOENT outcome=reboot");
    assertThat(guest.ended()).isTrue();
  }

  @Test
  void aManifestThatCannotBeReadHalts() {
    Bytes manifest = Bytes.utf8("bpfseal-manifest 1\nversion 0\n");
    Guest guest = boot("7.3", image().file("etc/bpfseal/manifest", manifest));

    assertThat(guest.report())
        .contains(
            "manifest result=EBADMSG line=2 column=9" + " expected=a_number_from_1_to_4294967295",
            "failure step=manifest result=EBADMSG outcome=halt");
  }

  @Test
  void theKernelsOwnKeyringDoesNotKnowOurKey() {
    Guest guest = boot("7.3", new LabImage().required(lsm));

    assertThat(guest.report())
        .contains("keyring kind=builtin restricted=kernel result=OK")
        .endsWith("failure step=load result=ENOKEY outcome=halt program=lsm-observers");
  }

  @Test
  void aRequiredProgramThatFailsHaltsTheMachine() {
    Guest guest =
        boot(
            "7.3",
            image()
                .required(lsm.withFile("data", LabProgram.bitFlippedAt(100)))
                .required(programs.netfilter()));

    assertThat(guest.report())
        .endsWith("failure step=load result=EKEYREJECTED outcome=halt program=lsm-observers")
        .noneMatch(line -> line.startsWith("done") || line.contains("netfilter"));
    assertThat(guest.ended()).isFalse();
    assertThat(guest.pins()).isEmpty();
  }

  @Test
  void aDamagedCertificateHalts() {
    Bytes damaged = LabProgram.bitFlippedAt(1).apply(key.der());
    Guest guest = boot("7.3", new LabImage().trusting(damaged).required(lsm));

    assertThat(guest.report())
        .contains("cert name=release.der result=EBADMSG")
        .endsWith("failure step=cert result=EBADMSG outcome=halt");
  }
}
