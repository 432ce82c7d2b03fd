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
import org.junit.jupiter.params.provider.EnumSource;
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

  /** Checks of the load's attributes, of what the kernel is and of what it holds. */
  private static final Set<Check> ABOUT_NO_BYTE =
      EnumSet.of(
          Check.LOAD_ATTRIBUTES_UNKNOWN,
          Check.LOAD_INSN_COUNT,
          Check.LOAD_FD_ARRAY_MISSING,
          Check.LOAD_FD_ARRAY_LONG,
          Check.LOAD_FD_ARRAY_UNREADABLE,
          Check.LOAD_FD_NOT_OPEN,
          Check.LOAD_FD_NO_MAP,
          Check.LOAD_FD_IS_BTF,
          Check.LOAD_MAPS_MANY,
          Check.LOAD_MAP_OTHERS,
          Check.LOAD_SIGNATURE_EMPTY,
          Check.LOAD_SIGNATURE_LONG,
          Check.LOAD_KEYRING,
          Check.LOAD_MAP_TYPE,
          Check.LOAD_MAP_NOT_FROZEN,
          Check.LOAD_MAP_WRITTEN,
          Check.LOAD_MAP_NOT_EXCLUSIVE,
          Check.LOAD_PAYLOAD_LONG,
          Check.LOAD_MAP_ENTRIES,
          Check.KEYRING_INVALIDATED,
          Check.KEYRING_REVOKED,
          Check.KEYRING_EXPIRED,
          Check.KFUNC_CONTENT_LONG,
          Check.VERIFICATION_NOT_BUILT,
          Check.PLATFORM_ABSENT,
          Check.KEY_PAYLOAD_LONG,
          Check.KEY_PAYLOAD_EMPTY,
          Check.KEYRING_READ_ONLY,
          Check.LOADER_BLOB,
          Check.MODULE_UNSIGNED,
          Check.MODULE_ENFORCED,
          Check.MODULE_LOCKDOWN,
          Check.MODULE_BLACKLISTED,
          Check.FSVERITY_UNSIGNED,
          Check.FSVERITY_LONG,
          Check.FSVERITY_NO_KEYS);

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
    assertThat(decisive.offset().isPresent()).isEqualTo(!ABOUT_NO_BYTE.contains(one.check()));
  }

  /** What an operator reads of a refusal: which function, and what a signer has to change. */
  @ParameterizedTest
  @EnumSource
  void isExplained(Check check) {
    assertThat(check.code()).matches("[a-z0-9]+(-[a-z0-9]+)+|revoked");
    String place = check.function().in(KernelRelease.series(7, 3));
    if (check == Check.LOADER_BLOB) {
      assertThat(place).isEqualTo("the loader program's own check, when it runs");
    } else {
      assertThat(place)
          .matches("(kernel|lib|certs|crypto|security|fs)/[a-z0-9_/-]+\\.c [a-z0-9_]+\\(\\)");
    }
    assertThat(check.remedy().text()).hasSizeBetween(7, 100).doesNotEndWith(".");
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
