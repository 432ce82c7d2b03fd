// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.crypto.KeyAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelConfigTest {
  private static final String TEXT =
      """
      #
      # Automatically generated file; DO NOT EDIT.
      # Linux/x86 7.3.4 Kernel Configuration
      #
      CONFIG_CC_VERSION_TEXT="gcc = 14"
      CONFIG_SYSTEM_DATA_VERIFICATION=y
      # CONFIG_SECONDARY_TRUSTED_KEYRING is not set
      CONFIG_CRYPTO_SHA256=y
      CONFIG_CRYPTO_SHA3=m
      CONFIG_CRYPTO_RSA=y
      """;

  @Test
  void factsFollowFromTheOptions() throws FormatException {
    KernelConfig config = KernelConfig.read(Bytes.utf8(TEXT));
    KernelRelease release = config.release().orElseThrow();
    assertThat(release).hasToString("7.3.4");
    KernelProfile profile = config.profile(release);
    assertThat(profile.has(KernelFeature.SYSTEM_DATA_VERIFICATION)).isTrue();
    assertThat(profile.has(KernelFeature.SECONDARY_KEYRING)).isFalse();
    assertThat(profile.has(HashAlgorithm.SHA224)).isTrue();
    assertThat(profile.has(HashAlgorithm.SHA3_512)).isTrue();
    assertThat(profile.has(HashAlgorithm.SHA1)).isFalse();
    assertThat(profile.has(KeyAlgorithm.RSA)).isTrue();
    assertThat(profile.has(KeyAlgorithm.ECDSA_P256)).isFalse();
  }

  @Test
  void theBpfLsmMustBeAmongThoseThatAreActive() throws FormatException {
    KernelRelease release = KernelRelease.series(7, 3);
    String on = "CONFIG_BPF_LSM=y\nCONFIG_LSM=\"lockdown,bpf\"\n";
    assertThat(KernelConfig.read(Bytes.utf8(on)).profile(release).has(KernelFeature.BPF_LSM))
        .isTrue();
    for (String off : List.of(on.replace(",bpf", ""), on.replace("=y", "=n"))) {
      KernelConfig config = KernelConfig.read(Bytes.utf8(off));
      assertThat(config.profile(release).has(KernelFeature.BPF_LSM)).isFalse();
    }
  }

  @Test
  void otherTextIsNoConfiguration() {
    assertThatThrownBy(() -> KernelConfig.read(Bytes.utf8("# a comment\nCONFIG\n")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("at byte 12");
  }

  /** An option, and what it alone brings. */
  @ParameterizedTest
  @CsvSource({
    "SYSTEM_DATA_VERIFICATION, SYSTEM_DATA_VERIFICATION",
    "SECONDARY_TRUSTED_KEYRING, SECONDARY_KEYRING",
    "SECONDARY_TRUSTED_KEYRING_SIGNED_BY_BUILTIN, SECONDARY_SIGNED_BY_BUILTIN",
    "INTEGRITY_PLATFORM_KEYRING, PLATFORM_KEYRING",
    "INTEGRITY_MACHINE_KEYRING, MACHINE_KEYRING",
    "SYSTEM_BLACKLIST_KEYRING, BLACKLIST_KEYRING",
    "SYSTEM_REVOCATION_LIST, REVOCATION_LIST",
    "MODULE_SIG_FORCE, MODULE_SIG_ENFORCED",
    "LOCK_DOWN_KERNEL_FORCE_INTEGRITY, LOCKDOWN",
    "LOCK_DOWN_KERNEL_FORCE_CONFIDENTIALITY, LOCKDOWN",
    "PKCS7_WAIVE_AUTHATTRS_REJECTION_FOR_MLDSA, MLDSA_ATTRIBUTES_WAIVED",
  })
  void features(String option, KernelFeature feature) throws FormatException {
    for (KernelFeature each : KernelFeature.values()) {
      assertThat(profile("CONFIG_" + option + "=y").has(each)).isEqualTo(each == feature);
    }
    assertThat(profile("# CONFIG_" + option + " is not set").has(feature)).isFalse();
    assertThat(profile("CONFIG_" + option + "=n").has(feature)).isFalse();
    assertThat(profile("CONFIG_X_" + option + "=y").has(feature)).isFalse();
  }

  /** An option, and the hashes that it alone brings; built in or as a module. */
  @ParameterizedTest
  @CsvSource({
    "CRYPTO_SHA1, sha1",
    "CRYPTO_SHA256, sha224 sha256",
    "CRYPTO_SHA512, sha384 sha512",
    "CRYPTO_SHA3, sha3-256 sha3-384 sha3-512",
    "CRYPTO_STREEBOG, streebog256 streebog512",
    "CRYPTO_SM3, sm3",
    "CRYPTO_SM3_GENERIC, sm3",
  })
  void hashes(String option, String names) throws FormatException {
    for (String value : List.of("y", "m")) {
      KernelProfile profile = profile("CONFIG_" + option + "=" + value);
      assertThat(HashAlgorithm.values())
          .filteredOn(profile::has)
          .extracting(HashAlgorithm::kernelName)
          .containsExactlyInAnyOrder(names.split(" ", -1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "CRYPTO_RSA, rsa",
    "CRYPTO_ECDSA, ecdsa-nist-p192 ecdsa-nist-p256 ecdsa-nist-p384 ecdsa-nist-p521",
    "CRYPTO_ECRDSA, ecrdsa",
    "CRYPTO_MLDSA, mldsa44 mldsa65 mldsa87",
  })
  void keyAlgorithms(String option, String names) throws FormatException {
    KernelProfile profile = profile("CONFIG_" + option + "=m");
    assertThat(KeyAlgorithm.values())
        .filteredOn(profile::has)
        .extracting(KeyAlgorithm::toString)
        .containsExactlyInAnyOrder(names.split(" ", -1));
  }

  @Test
  void debianTriesThePlatformKeyringForModules() throws FormatException {
    KernelConfig config = KernelConfig.read(Bytes.EMPTY);
    for (String suffix : List.of("+deb13-amd64", "+deb14-cloud-amd64")) {
      KernelRelease release = KernelRelease.parse("7.3.4" + suffix).orElseThrow();
      assertThat(config.profile(release).has(KernelFeature.MODULE_PLATFORM_FALLBACK)).isTrue();
    }
    KernelRelease other = KernelRelease.parse("7.3.4-arch1").orElseThrow();
    assertThat(config.profile(other).has(KernelFeature.MODULE_PLATFORM_FALLBACK)).isFalse();
  }

  @Test
  void theLastLineNeedsNoNewlineAndBlankOnesAreFine() throws FormatException {
    assertThat(profile("\n  \n\nCONFIG_CRYPTO_RSA=y").has(KeyAlgorithm.RSA)).isTrue();
    assertThat(KernelConfig.read(Bytes.EMPTY).release()).isEmpty();
  }

  private static KernelProfile profile(String text) throws FormatException {
    return KernelConfig.read(Bytes.utf8(text)).profile(KernelRelease.series(7, 3));
  }
}
