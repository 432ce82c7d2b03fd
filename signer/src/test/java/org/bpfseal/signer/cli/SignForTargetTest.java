// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.program.SignedProgramReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Objects that need to know their target can be signed when they are told. */
class SignForTargetTest {
  private static final Path KEYS = Lab.repository().resolve("keys-example");
  private static final Path REFUSED = Lab.vectors().resolve("refused/clang-19");
  private static final Path CONFIG_OBJECT = REFUSED.resolve("kernel-config.bpf.o");

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1", "64"})
  void cpusGiveTheSizeOfPerfEventArrays(int cpus) throws Exception {
    Run run = sign("--target-cpus", cpus, REFUSED.resolve("all-cpus.bpf.o"));
    assertThat(run.status()).as(run.out()).isZero();
    // bpf_attr of the array: type 4, key and value of 4 bytes, then the number of entries.
    assertThat(data("all-cpus").toHex())
        .contains("040000000400000004000000%02x000000".formatted(cpus));
  }

  @Test
  void configAndReleaseGiveTheValues() throws Exception {
    Path config = Files.writeString(folder.resolve("config"), "# x\nCONFIG_BPF_SYSCALL=y\n");
    Run run = sign("--kconfig", config, "--target-release", "6.18.300", CONFIG_OBJECT);
    assertThat(run.status()).as(run.out()).isZero();
    Bytes with = data("kernel-config");
    Files.writeString(config, "CONFIG_BPF_SYSCALL=n\n");
    sign("--force", "--kconfig", config, "--target-release", "6.18.300", CONFIG_OBJECT);
    assertThat(data("kernel-config")).isNotEqualTo(with);
  }

  @ParameterizedTest
  @CsvSource({
    "CONFIG_BPF_SYSCALL=250, can't hold the value",
    "CONFIG_BPF_SYSCALL=x, can't hold the value",
    "CONFIG_OTHER=y, is not set in that kernel configuration"
  })
  void valuesThatDontFitAreRefused(String line, String problem) throws Exception {
    Path config = Files.writeString(folder.resolve("config"), line + "\n");
    Run run = sign("--kconfig", config, "--target-release", "6.18", CONFIG_OBJECT);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("CONFIG_BPF_SYSCALL", problem);
  }

  @Test
  void aConfigurationWithoutAValueIsUnreadable() throws Exception {
    Path config = Files.writeString(folder.resolve("config"), "CONFIG_A=y\nCONFIG_B\n");
    Run run = sign("--kconfig", config, CONFIG_OBJECT);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains("config: kernel config: line at byte 11: expected NAME=VALUE");
  }

  private Bytes data(String stem) throws Exception {
    byte[] file = Files.readAllBytes(folder.resolve("out/" + stem + ".bpfs"));
    return SignedProgramReader.read(Bytes.owning(file)).data();
  }

  private Run sign(Object... words) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "sign",
                "-k",
                KEYS.resolve("rsa.key"),
                "-i",
                KEYS.resolve("rsa.crt"),
                "--out",
                folder.resolve("out")));
    Stream.of(words).forEach(all::add);
    return Run.of(all.toArray());
  }
}
