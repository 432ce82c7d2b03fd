// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.util.EnumSet;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.crypto.KeyAlgorithm;

/** The config facts of Debian's cloud kernels, read from their builds 6.12 to 7.3. */
final class DebianCloud {
  private DebianCloud() {}

  static KernelProfile profile(KernelRelease release) {
    KernelProfile.Builder builder =
        KernelProfile.builder(release)
            .with(
                KernelFeature.SYSTEM_DATA_VERIFICATION,
                KernelFeature.SECONDARY_KEYRING,
                KernelFeature.PLATFORM_KEYRING,
                KernelFeature.MACHINE_KEYRING,
                KernelFeature.BLACKLIST_KEYRING,
                KernelFeature.BPF_LSM,
                KernelFeature.MODULE_PLATFORM_FALLBACK)
            .hashes(EnumSet.range(HashAlgorithm.SHA1, HashAlgorithm.SHA512))
            .keyAlgorithms(EnumSet.range(KeyAlgorithm.RSA, KeyAlgorithm.ECDSA_P521));
    if (!release.isAtLeast(7, 1)) {
      builder.module(CryptoModule.SHA3);
    }
    if (!release.isAtLeast(6, 18)) {
      builder.with(KernelFeature.MODULE_HASH_BLACKLIST);
    }
    return builder.build();
  }
}
