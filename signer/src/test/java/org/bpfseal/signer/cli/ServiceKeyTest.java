// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bpfseal.signer.OpenSsl;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key in a service, reached through jsign-crypto; the service is a stub on this machine. */
class ServiceKeyTest {
  private static final Path KEYS = Lab.repository().resolve("keys-example");
  private static final Path CERTIFICATE = KEYS.resolve("rsa.crt");

  @TempDir Path folder;
  private Path input;

  @BeforeEach
  void writeInput() throws Exception {
    input = Files.writeString(folder.resolve("manifest"), "bpfseal-manifest 1\n");
  }

  @Test
  void signsWhatTheKeyInAFileSigns() throws Exception {
    try (StubVault vault = new StubVault(key(), false)) {
      Run run = sign(vault.url(), "--storetype", "HashiCorpVault");
      assertThat(run.err()).isEmpty();
      assertThat(run.status()).isZero();
    }
    byte[] made = Files.readAllBytes(folder.resolve("manifest.p7s"));
    new OpenSsl(folder)
        .run(
            ("cms -verify -binary -inform DER -in manifest.p7s -content manifest -noverify -out x"
                    + " -certfile "
                    + CERTIFICATE)
                .split(" "));
    Run plain =
        Run.of(
            "sign",
            "--as",
            "data",
            "--force",
            "-k",
            KEYS.resolve("rsa.key"),
            "-i",
            CERTIFICATE,
            input);
    assertThat(plain.status()).isZero();
    assertThat(folder.resolve("manifest.p7s")).hasBinaryContent(made);
  }

  @Test
  void aSignatureIsVerifiedBeforeItIsUsed() throws Exception {
    try (StubVault vault = new StubVault(key(), true)) {
      assertRefused(
          sign(vault.url(), "--storetype", "HASHICORPVAULT"),
          "its signature doesn't verify with RSA-2048");
    }
  }

  @Test
  void saysWhatTheServiceSays() throws Exception {
    Files.writeString(folder.resolve("token"), "wrong");
    try (StubVault vault = new StubVault(key(), false)) {
      Run run = sign(vault.url(), "--storetype", "HASHICORPVAULT");
      assertRefused(run, "HASHICORPVAULT: ");
      assertThat(run.err()).contains("permission denied").doesNotContain("wrong");
    }
  }

  @Test
  void saysThatNobodyAnswers() throws Exception {
    StubVault vault = new StubVault(key(), false);
    vault.close();
    assertRefused(sign(vault.url(), "--storetype", "HASHICORPVAULT"), "Connection refused");
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    Run run = Run.of("sign", "--as", "data", "--storetype", "AWS", "--alias", "x", input);
    assertRefused(run, "AWS: keystore parameter must specify the AWS region");
  }

  /** As in the distribution, where the library isn't. */
  @Test
  void withoutTheLibraryItSaysWhereToPutIt() throws Exception {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(":"))
            .filter(entry -> !entry.contains("jsign"))
            .collect(Collectors.joining(":"));
    HostCommand answer =
        HostCommand.run(
            Map.of(),
            Path.of(System.getProperty("java.home"), "bin/java"),
            "-cp",
            classPath,
            BpfSign.class.getName(),
            "sign",
            "--as",
            "data",
            "--storetype",
            "AWS",
            "--keystore",
            "eu-west-1",
            "--alias",
            "x",
            "-i",
            CERTIFICATE,
            input);
    assertThat(answer.exitCode()).isEqualTo(4);
    assertThat(answer.text())
        .contains(
            "error: key eu-west-1: key stores of type AWS need the library jsign-crypto",
            "hint: put the jars of net.jsign:jsign-crypto and com.cedarsoftware:json-io into"
                + " lib/optional, or name them in BPFSEAL_CLASSPATH")
        .doesNotContain("\tat ");
  }

  private void assertRefused(Run run, String message) {
    assertThat(run.err() + run.out()).contains(message).doesNotContain("internal", "\tat ");
    assertThat(run.status()).isEqualTo(4);
    assertThat(folder.resolve("manifest.p7s")).doesNotExist();
  }

  private Run sign(String keystore, String... words) throws Exception {
    Path token = folder.resolve("token");
    if (!Files.exists(token)) {
      Files.writeString(token, StubVault.TOKEN);
    }
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    List<Object> all =
        new ArrayList<>(
            List.of(
                "sign",
                "--as",
                "data",
                "--keystore",
                keystore,
                "--alias",
                "bpf:1",
                "--key-password",
                "file:" + token,
                "-i",
                CERTIFICATE));
    all.addAll(List.of(words));
    all.add(input);
    return Run.of(all.toArray());
  }

  private PrivateKey key() throws Exception {
    OpenSsl openssl = new OpenSsl(folder);
    openssl.run(
        ("pkcs8 -topk8 -nocrypt -outform DER -out der -in " + KEYS.resolve("rsa.key")).split(" "));
    return KeyFactory.getInstance("RSA")
        .generatePrivate(new PKCS8EncodedKeySpec(openssl.read("der").toArray()));
  }
}
