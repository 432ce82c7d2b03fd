// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.bpfseal.verifier.KernelConfig;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.KernelRelease;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.keyring.KeyListReader;

/**
 * The running machine's kernel, by its files: release, build configuration, FIPS mode, lockdown and
 * module enforcement, and the hashes of its blacklist where it tells of them.
 *
 * @param root what stands before {@code /proc}, {@code /sys} and {@code /boot}
 */
record HostFiles(Path root) {
  private static final int CONFIG_LIMIT = 4 << 20;

  private static final int KEYS_LIMIT = 16 << 20;

  /**
   * The keyrings as {@code /proc/keys} shows them to this user; of an unreadable one, none.
   *
   * @param kernel whom a serial number's key is asked for
   */
  HostKeyrings keyrings(Optional<HostKeyrings.Kernel> kernel)
      throws IOException, FormatException, CommandFailure {
    Path file = root.resolve("proc/keys");
    return new HostKeyrings(
        Files.isReadable(file) ? KeyListReader.read(InputFile.read(file, KEYS_LIMIT)) : List.of(),
        kernel);
  }

  KernelProfile profile(HostKeyrings keyrings) throws IOException, FormatException, CommandFailure {
    String text = line("proc/sys/kernel/osrelease");
    KernelRelease release =
        KernelRelease.parse(text)
            .orElseThrow(
                () -> new CommandFailure(ExitCode.UNREADABLE, "unknown kernel release " + text));
    KernelProfile.Builder builder = KernelConfig.read(config(text)).profile(release).toBuilder();
    if (line("proc/sys/crypto/fips_enabled").equals("1")) {
      builder.with(KernelFeature.FIPS);
    }
    if (line("sys/module/module/parameters/sig_enforce").equals("Y")) {
      builder.with(KernelFeature.MODULE_SIG_ENFORCED);
    }
    String active = line("sys/kernel/security/lsm");
    if (List.of(active.split(",", -1)).contains("bpf")) {
      builder.with(KernelFeature.BPF_LSM);
    } else if (!active.isEmpty()) {
      builder.without(KernelFeature.BPF_LSM);
    }
    String lockdown = line("sys/kernel/security/lockdown");
    if (lockdown.contains("[integrity]") || lockdown.contains("[confidentiality]")) {
      builder.with(KernelFeature.LOCKDOWN);
    }
    keyrings.blacklist().ifPresent(hashes -> hashes.forEach(builder::blacklist));
    return builder.build();
  }

  private Bytes config(String release) throws IOException, CommandFailure {
    Path packed = root.resolve("proc/config.gz");
    if (Files.isReadable(packed)) {
      Bytes file = InputFile.read(packed, CONFIG_LIMIT);
      try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(file.toArray()))) {
        return Bytes.owning(in.readNBytes(CONFIG_LIMIT));
      }
    }
    Path plain = root.resolve("boot/config-" + release);
    if (!Files.isReadable(plain)) {
      throw new CommandFailure(
          ExitCode.UNREADABLE,
          "the kernel's configuration is neither in " + packed + " nor in " + plain,
          "--kernel-config FILE names it");
    }
    return InputFile.read(plain, CONFIG_LIMIT);
  }

  /** The first line of a file; empty where it can't be read, which is the rule for such files. */
  private String line(String name) throws IOException {
    Path file = root.resolve(name);
    return Files.isReadable(file) ? Files.readString(file).lines().findFirst().orElse("") : "";
  }
}
