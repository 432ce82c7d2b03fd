// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BootReportTest {
  private static final List<String> GOOD =
      List.of(
          "SeaBIOS (version 1.16)\r",
          "bpfseal: t=2.310 start version=7 kernel=7.3.4+deb13-cloud-amd64\r",
          "bpfseal: t=2.320 cert name=release.der result=OK\r",
          "bpfseal: t=2.330 keyring kind=user restricted=yes result=OK\r",
          "bpfseal: t=2.340 manifest carrier=none\r",
          "[noise] bpfseal: t=2.400 program name=a form=7.3 step=load result=OK carrier=kernel\r",
          "bpfseal: t=2.410 map program=a name=allowed step=pin result=OK\r",
          "bpfseal: t=2.420 link program=a name=open kind=lsm step=attach result=OK\r",
          "bpfseal: t=2.500 done programs=1 links=1 failed=0 next=/init\r");
  private static final List<String> PINS =
      List.of(
          "bpfseal-vm: pin path=/bpfseal/a/open\r",
          "bpfseal-vm: pin path=/bpfseal/a/maps/allowed\r",
          "bpfseal-vm: end pins=2\r");

  private static List<String> joined(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  @Test
  void readsAGoodBoot() {
    BootReport report = BootReport.of(joined(GOOD, PINS));

    assertThat(report.kernel()).isEqualTo("7.3.4+deb13-cloud-amd64");
    assertThat(report.version()).isEqualTo("7");
    assertThat(report.manifestCarrier()).isEqualTo("none");
    assertThat(report.programs())
        .containsExactly(
            new ProgramResult(
                "a",
                "7.3",
                "load",
                "OK",
                "kernel",
                "",
                List.of(new ProgramResult.Part("open", "lsm", "attach", "OK")),
                List.of(new ProgramResult.Part("allowed", "", "pin", "OK"))));
    assertThat(report.outcome()).isEqualTo(new BootReport.Outcome.Done(1, 1, 0, "/init"));
    assertThat(report.isAccepted()).isTrue();
  }

  @Test
  void aPinThatTheMachineDidNotFindIsMissed() {
    BootReport report = BootReport.of(joined(GOOD, PINS.subList(1, 3)));

    assertThat(report.missingPins()).containsExactly("/bpfseal/a/open");
    assertThat(report.isAccepted()).isFalse();
  }

  @Test
  void aProgramThatWasPassedOverIsNoGoodBoot() {
    BootReport report =
        BootReport.of(
            List.of(
                "bpfseal: t=1.000 program name=b form=7.3 step=load result=EKEYREJECTED detail=why_so",
                "bpfseal: t=1.001 failure step=load result=EKEYREJECTED outcome=continue program=b",
                "bpfseal: t=1.002 done programs=0 links=0 failed=1 next=/init"));

    assertThat(report.programs().getFirst().result()).isEqualTo("EKEYREJECTED");
    assertThat(report.programs().getFirst().detail()).isEqualTo("why_so");
    assertThat(report.isAccepted()).isFalse();
  }

  @Test
  void aLinkThatFailedDecidesItsProgram() {
    BootReport report =
        BootReport.of(
            List.of(
                "bpfseal: t=1.000 program name=b form=7.3 step=load result=OK carrier=kernel",
                "bpfseal: t=1.000 link program=b name=x kind=xdp step=attach result=ENODEV",
                "bpfseal: t=1.001 failure step=attach result=ENODEV outcome=halt program=b"));

    assertThat(report.programs().getFirst().step()).isEqualTo("attach");
    assertThat(report.programs().getFirst().result()).isEqualTo("ENODEV");
    assertThat(report.outcome())
        .isEqualTo(new BootReport.Outcome.Stopped("attach", "ENODEV", "halt", "b"));
  }

  @Test
  void whatComesAfterTheOutcomeIsNoReport() {
    List<String> forged =
        List.of("bpfseal: t=9.000 program name=forged form=7.3 step=load result=OK carrier=kernel");

    assertThat(BootReport.of(joined(GOOD, forged)).programs()).hasSize(1);
  }

  @Test
  void silenceIsAnOutcome() {
    assertThat(BootReport.of(List.of("Kernel panic")).outcome())
        .isEqualTo(new BootReport.Outcome.Silent());
    assertThat(BootReport.of(GOOD.subList(0, 5)).isAccepted()).isFalse();
  }

  @Test
  void aLineIsReadWhole() {
    assertThat(ReportLine.of("bpfseal: t=12.034 done failed=0 next=/a=b"))
        .contains(new ReportLine(12_034, "done", Map.of("failed", "0", "next", "/a=b")));
    assertThat(ReportLine.of("bpfseal: t=12.03 done failed=0")).isEmpty();
    assertThat(ReportLine.of("bpfseal: t=12.034 done failed")).isEmpty();
  }
}
