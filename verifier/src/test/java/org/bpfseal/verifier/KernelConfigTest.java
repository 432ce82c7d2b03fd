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
}
