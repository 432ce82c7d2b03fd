// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.crypto.KeyAlgorithm;

/**
 * A kernel's build configuration, as {@code /proc/config.gz} (unpacked) and {@code /boot/config-*}
 * hold it: lines {@code CONFIG_NAME=VALUE}, comments, empty lines.
 *
 * <p>What is built as a module counts as there, since the kernel loads it when it is asked for;
 * where modules can't be loaded, that is too hopeful.
 */
public final class KernelConfig {
  private static final Pattern VALUE = Pattern.compile("(CONFIG_[A-Za-z0-9_]+)=(.*)");
  private static final Pattern TITLE = Pattern.compile("# Linux/\\S+ (\\S+) Kernel Configuration");

  private final Map<String, String> values;
  private final Optional<KernelRelease> release;

  private KernelConfig(Map<String, String> values, Optional<KernelRelease> release) {
    this.values = values;
    this.release = release;
  }

  /**
   * Reads a configuration.
   *
   * @throws FormatException at a line that is neither a value nor a comment nor empty
   */
  public static KernelConfig read(Bytes text) throws FormatException {
    Map<String, String> values = new HashMap<>();
    Optional<KernelRelease> release = Optional.empty();
    int start = 0;
    while (start < text.size()) {
      int newline = text.indexOf('\n', start);
      int end = newline < 0 ? text.size() : newline;
      String line = text.slice(start, end).toUtf8();
      Matcher value = VALUE.matcher(line);
      Matcher title = TITLE.matcher(line);
      if (value.matches()) {
        values.put(value.group(1), value.group(2));
      } else if (title.matches()) {
        release = KernelRelease.parse(title.group(1));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        throw new FormatException(
            "kernel config", "line", start, "expected CONFIG_NAME=VALUE or a comment");
      }
      start = end + 1;
    }
    return new KernelConfig(values, release);
  }

  /** The release that the first comment names, which lacks what distributions append. */
  public Optional<KernelRelease> release() {
    return release;
  }

  /** A kernel of that release and this configuration, without keys of ours. */
  public KernelProfile profile(KernelRelease of) {
    KernelProfile.Builder builder = KernelProfile.builder(of);
    features(builder);
    hashes(builder);
    keyAlgorithms(builder);
    if (of.suffix().contains("deb")) {
      builder.with(KernelFeature.MODULE_PLATFORM_FALLBACK);
    }
    return builder.build();
  }

  private void features(KernelProfile.Builder builder) {
    feature(builder, "SYSTEM_DATA_VERIFICATION", KernelFeature.SYSTEM_DATA_VERIFICATION);
    feature(builder, "SECONDARY_TRUSTED_KEYRING", KernelFeature.SECONDARY_KEYRING);
    feature(
        builder,
        "SECONDARY_TRUSTED_KEYRING_SIGNED_BY_BUILTIN",
        KernelFeature.SECONDARY_SIGNED_BY_BUILTIN);
    feature(builder, "INTEGRITY_PLATFORM_KEYRING", KernelFeature.PLATFORM_KEYRING);
    feature(builder, "INTEGRITY_MACHINE_KEYRING", KernelFeature.MACHINE_KEYRING);
    feature(builder, "SYSTEM_BLACKLIST_KEYRING", KernelFeature.BLACKLIST_KEYRING);
    feature(builder, "SYSTEM_REVOCATION_LIST", KernelFeature.REVOCATION_LIST);
    if (has("BPF_LSM") && lsms().contains("bpf")) {
      builder.with(KernelFeature.BPF_LSM);
    }
    feature(builder, "MODULE_SIG_FORCE", KernelFeature.MODULE_SIG_ENFORCED);
    feature(builder, "LOCK_DOWN_KERNEL_FORCE_INTEGRITY", KernelFeature.LOCKDOWN);
    feature(builder, "LOCK_DOWN_KERNEL_FORCE_CONFIDENTIALITY", KernelFeature.LOCKDOWN);
    feature(
        builder,
        "PKCS7_WAIVE_AUTHATTRS_REJECTION_FOR_MLDSA",
        KernelFeature.MLDSA_ATTRIBUTES_WAIVED);
  }

  private void feature(KernelProfile.Builder builder, String option, KernelFeature feature) {
    if (has(option)) {
      builder.with(feature);
    }
  }

  private void hashes(KernelProfile.Builder builder) {
    if (has("CRYPTO_SHA1")) {
      builder.hashes(EnumSet.of(HashAlgorithm.SHA1));
    }
    if (has("CRYPTO_SHA256")) {
      builder.hashes(EnumSet.of(HashAlgorithm.SHA224, HashAlgorithm.SHA256));
    }
    if (has("CRYPTO_SHA512")) {
      builder.hashes(EnumSet.of(HashAlgorithm.SHA384, HashAlgorithm.SHA512));
    }
    if (has("CRYPTO_SHA3")) {
      builder.module(CryptoModule.SHA3);
    }
    if (has("CRYPTO_STREEBOG")) {
      builder.module(CryptoModule.STREEBOG);
    }
    if (has("CRYPTO_SM3") || has("CRYPTO_SM3_GENERIC")) {
      builder.module(CryptoModule.SM3);
    }
  }

  private void keyAlgorithms(KernelProfile.Builder builder) {
    if (has("CRYPTO_RSA")) {
      builder.keyAlgorithms(EnumSet.of(KeyAlgorithm.RSA));
    }
    if (has("CRYPTO_ECDSA")) {
      builder.keyAlgorithms(EnumSet.range(KeyAlgorithm.ECDSA_P192, KeyAlgorithm.ECDSA_P521));
    }
    if (has("CRYPTO_ECRDSA")) {
      builder.module(CryptoModule.ECRDSA);
    }
    if (has("CRYPTO_MLDSA")) {
      builder.module(CryptoModule.MLDSA);
    }
  }

  /** The LSMs that are active unless the boot says otherwise. */
  private List<String> lsms() {
    return List.of(values.getOrDefault("CONFIG_LSM", "").replace("\"", "").split(",", -1));
  }

  private boolean has(String option) {
    String value = values.getOrDefault("CONFIG_" + option, "n");
    return value.equals("y") || value.equals("m");
  }
}
