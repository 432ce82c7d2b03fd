// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bpfseal.verifier.Check;
import org.bpfseal.verifier.Finding;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.Remedy;
import org.bpfseal.verifier.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EveryCheckTest {
  // Made once: a mutation test asks for one row at a time.
  private static final List<CheckCase> DECISIVE =
      Stream.of(
              LoadChecks.all(),
              MessageChecks.all(),
              CertificateChecks.all(),
              SignatureChecks.all(),
              FileChecks.all())
          .flatMap(List::stream)
          .toList();

  static List<CheckCase> decisive() {
    return DECISIVE;
  }

  static List<CheckCase> causes() {
    return FileChecks.causes();
  }

  @ParameterizedTest
  @MethodSource("decisive")
  void decides(CheckCase one) {
    Verdict verdict = one.verdict().get();
    assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    Finding decisive = ((Verdict.Rejected) verdict).decisive();
    assertThat(decisive.check()).as(decisive.toString()).isEqualTo(one.check());
    assertThat(verdict.word()).isEqualTo(one.check().errno().name());
    assertThat(decisive.message()).doesNotContain("%");
    assertThat(decisive.path()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("causes")
  void liesBehindTheDecisiveOne(CheckCase one) {
    Verdict verdict = one.verdict().get();
    assertThat(verdict).isInstanceOf(Verdict.Rejected.class);
    assertThat(((Verdict.Rejected) verdict).further())
        .extracting(Finding::check)
        .containsExactly(one.check());
  }

  @Test
  void everyCheckHasACase() {
    Set<Check> hit = EnumSet.noneOf(Check.class);
    Stream.concat(decisive().stream(), causes().stream()).map(CheckCase::check).forEach(hit::add);
    assertThat(hit).containsExactlyInAnyOrder(Check.values());
  }

  @Test
  void everyCheckHasARemedyOfItsOwn() {
    Set<Check> seen = new HashSet<>();
    for (Remedy remedy : Remedy.values()) {
      remedy.checks().forEach(check -> assertThat(seen.add(check)).as(check.code()).isTrue());
    }
    assertThat(seen).containsExactlyInAnyOrder(Check.values());
  }

  @Test
  void placeOfTheSignatureCheckDependsOnTheRelease() {
    assertThat(Check.LOAD_SIGNATURE_LONG.function().in(KernelRelease.series(6, 18)))
        .isEqualTo("kernel/bpf/syscall.c bpf_prog_verify_signature()");
    assertThat(Check.LOAD_SIGNATURE_LONG.function().in(KernelRelease.series(7, 3)))
        .isEqualTo("kernel/bpf/verifier.c bpf_prog_verify_signature()");
  }
}
