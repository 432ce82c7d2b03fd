// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.crypto.KeyAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Releases as texts, and what changed between them. */
class KernelReleaseTest {
  private static KernelRelease release(String text) {
    return KernelRelease.parse(text).orElseThrow();
  }

  private static KernelProfile profile(String text) {
    return KernelProfile.debianCloud(release(text));
  }

  @ParameterizedTest
  @CsvSource({
    "7.3, 7.3, ''",
    "7.3.4, 7.3.4, ''",
    "7.3.4+deb13-cloud-amd64, 7.3.4, +deb13-cloud-amd64",
    "6.18-rc1, 6.18, -rc1",
    "6.12.117~x, 6.12.117, ~x",
    "9999.9999.999999, 9999.9999.999999, ''",
  })
  void parses(String text, String number, String suffix) {
    assertThat(release(text)).hasToString(number);
    assertThat(release(text).suffix()).isEqualTo(suffix);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "7", "7.", ".3", "7.3.", "v7.3", "7.3 ", "7.3x", "10000.1", "7.3.1234567"})
  void otherTextsAreNone(String text) {
    assertThat(KernelRelease.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "6.18, 6, 18, true",
    "6.19, 6, 18, true",
    "6.17.99, 6, 18, false",
    "7.0, 6, 18, true",
    "5.19, 6, 18, false",
    "7.2.13, 7, 3, false",
  })
  void atLeastASeries(String text, int major, int minor, boolean is) {
    assertThat(release(text).isAtLeast(major, minor)).isEqualTo(is);
  }

  @ParameterizedTest
  @CsvSource({
    "6.18.13, false",
    "6.18.14, true",
    "6.18.15, true",
    "6.18, true",
    "6.17.99, false",
    "6.19.0, true",
    "7.0.0, true",
  })
  void atLeastAPatch(String text, boolean is) {
    assertThat(release(text).isAtLeast(6, 18, 14)).isEqualTo(is);
    assertThat(profile(text).limitsSignatureSize()).isEqualTo(is);
  }

  @ParameterizedTest
  @CsvSource({
    "6.12, NONE, false",
    "6.17, NONE, false",
    "6.18, INSNS, false",
    "6.19, INSNS, false",
    "7.0, INSNS, true",
    "7.2, INSNS, true",
    "7.3, INSNS_AND_MAPS, true",
    "8.0, INSNS_AND_MAPS, true",
  })
  void whatChangedBySeries(String text, KernelProfile.SignedLoad load, boolean since70) {
    assertThat(profile(text).signedLoad()).isEqualTo(load);
    assertThat(profile(text).knowsMlDsa()).isEqualTo(since70);
    assertThat(profile(text).blacklistsBySha256()).isEqualTo(since70);
  }

  @ParameterizedTest
  @CsvSource({
    "6.12.52, false",
    "6.12.53, true",
    "6.12, true",
    "6.13.99, false",
    "6.16.5, false",
    "6.17.2, false",
    "6.17.3, true",
    "6.18.0, true",
    "7.0, true",
  })
  void basicConstraints(String text, boolean strict) {
    assertThat(profile(text).readsBasicConstraintsStrictly()).isEqualTo(strict);
  }

  @ParameterizedTest
  @CsvSource({
    "6.12, true, true",
    "6.17, true, true",
    "6.18, true, false",
    "7.0, true, false",
    "7.1, false, false",
    "7.3, false, false",
  })
  void debiansBuilds(String text, boolean sha3, boolean hashBlacklist) {
    KernelProfile profile = profile(text);
    assertThat(profile.has(HashAlgorithm.SHA3_256)).isEqualTo(sha3);
    assertThat(profile.has(KernelFeature.MODULE_HASH_BLACKLIST)).isEqualTo(hashBlacklist);
    assertThat(profile.has(HashAlgorithm.SHA512)).isTrue();
    assertThat(profile.has(HashAlgorithm.SM3)).isFalse();
    assertThat(profile.has(KeyAlgorithm.ECDSA_P521)).isTrue();
    assertThat(profile.has(KeyAlgorithm.ECRDSA)).isFalse();
    assertThat(profile.release()).isEqualTo(release(text));
  }

  @Test
  void functionsAreNamedAsTheReleaseHasThem() {
    KernelRelease old = release("7.2");
    assertThat(KernelFunction.ASN1.in(old)).isEqualTo("lib/asn1_decoder.c asn1_ber_decoder()");
    assertThat(KernelFunction.ASN1.function()).isEqualTo("asn1_ber_decoder");
    assertThat(KernelFunction.LOAD_SIGNATURE.file(old)).isEqualTo("kernel/bpf/syscall.c");
    assertThat(KernelFunction.LOAD_SIGNATURE.file(release("7.3")))
        .isEqualTo("kernel/bpf/verifier.c");
    assertThat(KernelFunction.LOADER_RUN.in(old))
        .isEqualTo("the loader program's own check, when it runs");
  }
}
