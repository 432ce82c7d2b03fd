// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.crypto.Digests;
import org.bpfseal.verifier.crypto.HashAlgorithm;
import org.bpfseal.verifier.program.SignedProgramReader;
import org.bpfseal.verifier.x509.CertificateFileReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --keyring} and {@code --blacklist}: what a kernel's own keyrings hold. */
class KeyringOptionsTest {
  private static final Path GOOD = Lab.vectors().resolve("signed/programs/good.bpfs");
  private static final Path KEYS = Lab.repository().resolve("keys-example");
  private static final Path RSA = KEYS.resolve("rsa.crt");

  @TempDir Path folder;

  /** The signer's certificate in one keyring, the load naming that or another. */
  @ParameterizedTest
  @CsvSource({
    "builtin, '', OK",
    "builtin, builtin, OK",
    "builtin, secondary, OK",
    "builtin, platform, ENOKEY",
    "secondary, '', OK",
    "secondary, builtin, ENOKEY",
    "machine, '', OK",
    "machine, secondary, OK",
    "machine, builtin, ENOKEY",
    "platform, platform, OK",
    "platform, secondary, ENOKEY",
    "user, '', OK",
    "user, builtin, ENOKEY",
    "bpf, '', OK",
    "bpf, user, ENOKEY",
    "builtin, bpf, ENOKEY",
  })
  void theLoadNamesOneOfTheKeyrings(String holder, String named, String word) {
    Object[] words = {"verify", GOOD, "--kernel", "7.3,6.18", "--keyring", holder + "=" + RSA};
    Run run =
        named.isEmpty()
            ? Run.of(words)
            : Run.of(words[0], words[1], words[2], words[3], words[4], words[5], words[4], named);
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines().filter(line -> line.startsWith("good")).toList())
        .hasSize(2)
        .allMatch(line -> line.contains(" " + word + " "));
  }

  @Test
  void certificatesWithoutNameGoToTheKeyringThatIsNamed() {
    Run run =
        Run.of("verify", GOOD, "--cert", RSA, "--keyring", "builtin=" + KEYS.resolve("other.crt"));
    assertThat(run.out()).contains("accepted (user keyring)");
    run =
        Run.of(
            "verify",
            GOOD,
            "--cert",
            RSA,
            "--keyring",
            "platform",
            "--keyring",
            "platform=" + KEYS.resolve("other.crt"));
    assertThat(run.out()).contains("accepted (platform keyring)");
  }

  @Test
  void secondaryTakesOnlyWhatAKeyThereHasSigned() throws Exception {
    TestCertificates root = TestCertificates.issued(folder, "root");
    Path ring = Files.createDirectory(folder.resolve("ring"));
    TestCertificates between = TestCertificates.issued(ring, "z-between", root);
    TestCertificates.issued(ring, "a-leaf", between);
    Object[] good = {
      "verify", GOOD, "--cert", RSA, "--keyring", "builtin=" + root.file(), "--keyring", "x"
    };
    good[7] = "secondary=" + ring;
    assertThat(Run.of(good).exitCode()).isZero();
    good[7] = "secondary=" + RSA;
    Run refused = Run.of(good);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains("kernel 7.3 refuses certificate " + RSA)
        .contains("in keyring .secondary_trusted_keys with ENOKEY");
  }

  @Test
  void directoriesOfCertificates() throws Exception {
    Path ring = Files.createDirectory(folder.resolve("ring"));
    assertThat(Run.of("verify", GOOD, "--cert", ring).err())
        .contains("no certificate in this directory");
    Files.copy(RSA, ring.resolve("release.pem"));
    Files.copy(KEYS.resolve("other.crt"), ring.resolve("other.crt"));
    Files.writeString(ring.resolve("README"), "no certificate");
    assertThat(Run.of("verify", GOOD, "--keyring", "builtin=" + ring).exitCode()).isZero();
    assertThat(Run.of("verify", GOOD, "--cert", ring).exitCode()).isZero();
  }

  private Path config(String options) throws Exception {
    String text = "CONFIG_" + options.replace(" ", "=y\nCONFIG_") + "=y\n";
    return Files.writeString(folder.resolve("config"), text);
  }

  @Test
  void optionsThatContradictEachOther() throws Exception {
    assertThat(Run.of("verify", GOOD).err()).contains("no certificate is given");
    assertThat(Run.of("verify", GOOD, "--keyring", "builtin").exitCode()).isEqualTo(2);
    assertThat(
            Run.of("verify", GOOD, "--keyring", "builtin=" + RSA, "--keyring", "platform=" + RSA)
                .err())
        .contains("several keyrings are given", "hint: --keyring NAME, without a path");
    assertThat(
            Run.of("verify", GOOD, "--cert", RSA, "--keyring", "user", "--keyring", "builtin")
                .exitCode())
        .isEqualTo(2);
    Path config = config("CRYPTO_RSA");
    Run run =
        Run.of(
            "verify",
            GOOD,
            "--kernel",
            "7.3",
            "--kernel-config",
            config,
            "--keyring",
            "machine=" + RSA);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--keyring machine: kernel 7.3 is built without it");
    run =
        Run.of(
            "verify",
            GOOD,
            "--kernel",
            "7.3",
            "--kernel-config",
            config("CRYPTO_RSA CRYPTO_SHA256 SYSTEM_DATA_VERIFICATION"),
            "--keyring",
            "platform",
            "--cert",
            RSA);
    assertThat(run.out()).contains("ENOKEY", "there is no platform keyring");
  }

  /** The 6.18 form by the keyrings 0, 1, 2 and -9. */
  private Path corpus() throws Exception {
    var form = SignedProgramReader.read(Bytes.owning(Files.readAllBytes(GOOD))).forms().get(1);
    ByteBuffer file = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
    file.put("SIGLAB1\n".getBytes(StandardCharsets.US_ASCII)).putInt(2);
    file.putInt(form.insns().size()).put(form.insns().toArray());
    file.putInt(form.signature().size()).put(form.signature().toArray());
    file.putInt(4);
    for (int id : List.of(0, 1, 2, -9)) {
      file.putInt(id).putInt(0).putInt(0).putInt(1).putInt(-1).putInt(id);
    }
    return Files.write(
        folder.resolve("corpus"), Bytes.owning(file.array()).slice(0, file.position()).toArray());
  }

  @ParameterizedTest
  @CsvSource({
    "builtin, OK OK ENOKEY EINVAL",
    "secondary, ENOKEY OK ENOKEY EINVAL",
    "machine, ENOKEY OK ENOKEY EINVAL",
    "platform, ENOKEY ENOKEY OK EINVAL",
    "bpf, ENOKEY ENOKEY ENOKEY OK",
    "user, ENOKEY ENOKEY ENOKEY EINVAL",
  })
  void judgeFillsTheKeyringsThatItsCasesName(String keyring, String words) throws Exception {
    Run run = Run.of("judge", "--kernel", "6.18", "--keyring", keyring + "=" + RSA, corpus());
    assertThat(run.out().lines().map(line -> line.split("\t", 3)[1]))
        .containsExactly(words.split(" ", 4));
  }

  @Test
  void casesNameTheirKeyringThemselves() throws Exception {
    assertThat(Run.of("judge", "--keyring", "builtin", corpus()).err())
        .contains("--keyring: each case names its own");
  }

  @Test
  void noKernelHasTheBpfKeyringYet() {
    Run run = Run.of("verify", GOOD, "--keyring", "bpf=" + RSA, "--strict");
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).contains("advice: no released kernel has keyring .bpf");
  }

  private String hash(HashAlgorithm algorithm) throws Exception {
    Bytes der = CertificateFileReader.readOne(Bytes.owning(Files.readAllBytes(RSA)));
    var certificate =
        new org.bouncycastle.cert.X509CertificateHolder(der.toArray())
            .toASN1Structure()
            .getTBSCertificate()
            .getEncoded();
    return Digests.of(algorithm, Bytes.owning(certificate)).toHex();
  }

  @Test
  void blacklistedHashes() throws Exception {
    String entry = "tbs:" + hash(HashAlgorithm.SHA256);
    Run run = Run.of("verify", GOOD, "--cert", RSA, "--blacklist", entry);
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("refuses certificate").contains("EKEYREJECTED").contains(entry);
    Path list = folder.resolve("hashes");
    Files.writeString(list, "# revoked\n\"bin:00ff\",\n  \"" + entry + "\"\n");
    assertThat(Run.of("verify", GOOD, "--cert", RSA, "--blacklist", list).err()).contains(entry);
    Files.writeString(list, "bin:00ff\n");
    assertThat(Run.of("verify", GOOD, "--cert", RSA, "--blacklist", list).exitCode()).isZero();
    Files.writeString(list, "bin:00ff\nbin:00FF\n");
    run = Run.of("verify", GOOD, "--cert", RSA, "--blacklist", list);
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err()).contains("entry 1 at byte 9: expected tbs: or bin:");
    assertThat(Run.of("verify", GOOD, "--cert", RSA, "--blacklist", "tbs:xyz").exitCode())
        .isEqualTo(2);
  }

  @Test
  void revokedCertificates() throws Exception {
    for (Path revoked : List.of(RSA, Files.copy(RSA, folder.resolve("revoked.pem")), folder)) {
      Run run = Run.of("verify", GOOD, "--cert", RSA, "--blacklist", revoked);
      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.out()).contains("EKEYREJECTED", "check revoked");
    }
    assertThat(
            Run.of("verify", GOOD, "--cert", RSA, "--blacklist", KEYS.resolve("other.crt"))
                .exitCode())
        .isZero();
    Files.write(folder.resolve("bad.der"), "0\n".getBytes(StandardCharsets.UTF_8));
    Run run = Run.of("verify", GOOD, "--cert", RSA, "--blacklist", folder.resolve("bad.der"));
    assertThat(run.err()).contains("in keyring .blacklist with EBADMSG");
  }
}
