// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.crypto.KeyAlgorithm;
import org.bpfseal.verifier.keyring.Keyring;
import org.junit.jupiter.api.Test;

class KernelProfileTest {
  @Test
  void nothingIsBuiltInUntilItIsSaid() {
    KernelProfile profile = KernelProfile.builder(KernelRelease.series(7, 3)).build();
    for (KernelFeature feature : KernelFeature.values()) {
      assertThat(profile.has(feature)).isFalse();
    }
    for (HashAlgorithm hash : HashAlgorithm.values()) {
      assertThat(profile.has(hash)).isFalse();
    }
    for (KeyAlgorithm algorithm : KeyAlgorithm.values()) {
      assertThat(profile.has(algorithm)).isFalse();
    }
  }

  @Test
  void fipsModeHasNoP192() {
    KernelProfile profile =
        KernelProfile.builder(KernelRelease.series(7, 3))
            .keyAlgorithms(EnumSet.allOf(KeyAlgorithm.class))
            .build();
    assertThat(profile.has(KeyAlgorithm.ECDSA_P192)).isTrue();
    KernelProfile fips = profile.toBuilder().with(KernelFeature.FIPS).build();
    assertThat(fips.has(KeyAlgorithm.ECDSA_P192)).isFalse();
    assertThat(fips.has(KeyAlgorithm.ECDSA_P256)).isTrue();
  }

  @Test
  void aBuilderGoesOnFromAProfile() {
    Keyring some = Keyring.empty("some");
    KernelProfile profile =
        KernelProfile.builder(KernelRelease.series(7, 3))
            .with(KernelFeature.BLACKLIST_KEYRING, KernelFeature.LOCKDOWN)
            .without(KernelFeature.LOCKDOWN)
            .module(CryptoModule.SM3)
            .module(CryptoModule.ECRDSA)
            .hashes(Set.of(HashAlgorithm.SHA1))
            .keyring(SystemKeyring.PLATFORM, some)
            .keyring(77, some)
            .blacklist("bin:00")
            .build();
    KernelProfile copy = profile.toBuilder().build();
    assertThat(copy.has(KernelFeature.BLACKLIST_KEYRING)).isTrue();
    assertThat(copy.has(KernelFeature.LOCKDOWN)).isFalse();
    assertThat(copy.has(HashAlgorithm.SM3)).isTrue();
    assertThat(copy.has(HashAlgorithm.SHA1)).isTrue();
    assertThat(copy.has(KeyAlgorithm.ECRDSA)).isTrue();
    assertThat(copy.keyring(SystemKeyring.PLATFORM)).isEqualTo(some);
    assertThat(copy.keyring(SystemKeyring.BUILTIN).name()).isEqualTo(".builtin_trusted_keys");
    assertThat(copy.keyring(77)).contains(some);
    assertThat(copy.blacklists("bin:00")).isTrue();
  }

  @Test
  void aBlacklistNeedsItsKeyring() {
    KernelProfile listing =
        KernelProfile.debianCloud(KernelRelease.series(7, 3)).toBuilder()
            .blacklist("tbs:00")
            .build();
    assertThat(listing.hasBlacklist()).isTrue();
    assertThat(listing.blacklists("tbs:00")).isTrue();
    assertThat(listing.blacklists("tbs:01")).isFalse();
    KernelProfile without = listing.toBuilder().without(KernelFeature.BLACKLIST_KEYRING).build();
    assertThat(without.hasBlacklist()).isFalse();
    assertThat(without.blacklists("tbs:00")).isFalse();
    assertThat(KernelProfile.debianCloud(KernelRelease.series(7, 3)).hasBlacklist()).isFalse();
  }

  /** What a fresh process has: session, user and user session keyring; no others. */
  @Test
  void specialKeyrings() {
    KernelProfile profile = KernelProfile.builder(KernelRelease.series(7, 3)).build();
    for (int id : new int[] {-3, -4, -5}) {
      assertThat(profile.keyring(id)).isPresent();
    }
    for (int id : new int[] {-1, -2, -6, -7, -8, -9, -10, 0, 3}) {
      assertThat(profile.keyring(id)).isEmpty();
    }
  }
}
