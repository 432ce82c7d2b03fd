// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.bpfseal.verifier.KernelFeature;
import org.bpfseal.verifier.KernelProfile;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelOptionsTest {
  private static final String CONFIG =
      """
      # Linux/x86 6.18.15 Kernel Configuration
      CONFIG_SYSTEM_DATA_VERIFICATION=y
      CONFIG_CRYPTO_SHA256=y
      """;

  private static final HostKeyrings NO_KEYS = new HostKeyrings(List.of(), Optional.empty());

  @TempDir Path root;

  private static KernelOptions parsed(String... args) {
    Syntax syntax = Syntax.of("kernels");
    KernelOptions options = new KernelOptions(syntax);
    Launcher.commandLine(syntax.spec(() -> 0)).parseArgs(args);
    return options;
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
      packed.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  @Test
  void newestKernelByDefault() throws Exception {
    assertThat(parsed().single().release()).hasToString("7.3");
  }

  @Test
  void releaseOfTheConfigurationUnlessGiven() throws Exception {
    Path file = root.resolve("config");
    Files.writeString(file, CONFIG);
    assertThat(parsed("--kernel-config", file.toString()).single().release())
        .hasToString("6.18.15");
    assertThat(parsed("--kernel-config", file.toString(), "--kernel", "6.18.2").single().release())
        .hasToString("6.18.2");
  }

  @Test
  void severalKernelsInTheOrderGiven() throws Exception {
    assertThat(parsed("--kernel", "7.3,6.18.13").profiles())
        .extracting(profile -> profile.release().toString())
        .containsExactly("7.3", "6.18.13");
    assertThatThrownBy(() -> parsed("--kernel", "7.3,6.18").single())
        .isInstanceOf(CommandFailure.class);
    assertThatThrownBy(() -> parsed("--kernel", "new").profiles())
        .isInstanceOf(CommandFailure.class);
  }

  @Test
  void modulesAndFipsAdjustTheProfile() throws Exception {
    KernelProfile profile = parsed("--crypto-modules", "SHA3", "--fips").single();
    assertThat(profile.has(HashAlgorithm.SHA3_256)).isTrue();
    assertThat(profile.has(KernelFeature.FIPS)).isTrue();
    assertThat(parsed().single().has(HashAlgorithm.SHA3_256)).isFalse();
  }

  @Test
  void hostByItsFiles() throws Exception {
    write("proc/sys/kernel/osrelease", "7.3.4+deb13-amd64\n".getBytes(StandardCharsets.UTF_8));
    write("proc/config.gz", gzip(CONFIG));
    write("proc/sys/crypto/fips_enabled", "1\n".getBytes(StandardCharsets.UTF_8));
    write(
        "sys/kernel/security/lockdown",
        "none [integrity] confidentiality\n".getBytes(StandardCharsets.UTF_8));
    KernelProfile profile = new HostFiles(root).profile(NO_KEYS);
    assertThat(profile.release()).hasToString("7.3.4");
    assertThat(profile.has(KernelFeature.SYSTEM_DATA_VERIFICATION)).isTrue();
    assertThat(profile.has(KernelFeature.FIPS)).isTrue();
    assertThat(profile.has(KernelFeature.LOCKDOWN)).isTrue();
    assertThat(profile.has(KernelFeature.MODULE_SIG_ENFORCED)).isFalse();
  }

  @Test
  void hostWithoutConfigurationSaysWhatToDo() throws Exception {
    write("proc/sys/kernel/osrelease", "7.3.4\n".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> new HostFiles(root).profile(NO_KEYS))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("boot/config-7.3.4");
  }
}
