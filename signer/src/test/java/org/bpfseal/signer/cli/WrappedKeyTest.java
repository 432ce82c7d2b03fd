// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bpfseal.signer.OpenSsl;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys wrapped with Tink: the same signatures, and no way in without the keyset. */
class WrappedKeyTest {
  private static final Path KEYS = Lab.repository().resolve("keys-example");

  @TempDir Path folder;
  private Path input;
  private Path keyset;
  private String password;

  @BeforeEach
  void wrapKeys() throws Exception {
    input = Files.writeString(folder.resolve("manifest"), "bpfseal-manifest 1\n");
    password = password("password", "correct horse\n");
    keyset = folder.resolve("keyset");
    ok("key", "keyset", "--out", keyset, "--keyset-password", password);
    for (String name : List.of("rsa", "p256", "other")) {
      wrap(KEYS.resolve(name + ".key"), name);
    }
  }

  @ParameterizedTest
  @CsvSource({"rsa", "p256"})
  void signsLikeThePlainKey(String name) throws Exception {
    byte[] plain = signed(KEYS.resolve(name + ".key").toString(), name);
    assertThat(signed(tink(name, keyset), name, "--key-password", password)).isEqualTo(plain);
  }

  @Test
  void keepsNothingOfTheKeyInClear() throws Exception {
    OpenSsl openssl = new OpenSsl(folder);
    openssl.run(
        "pkcs8",
        "-topk8",
        "-nocrypt",
        "-in",
        KEYS.resolve("rsa.key").toString(),
        "-outform",
        "DER",
        "-out",
        "der");
    String file = Files.readString(folder.resolve("rsa"));
    String key = Base64.getEncoder().encodeToString(Files.readAllBytes(folder.resolve("der")));
    for (int i = 40; i + 16 < key.length(); i++) {
      assertThat(file).doesNotContain(key.substring(i, i + 16));
    }
  }

  @Test
  void refusesAnotherKeysFile() throws Exception {
    String rsa = Files.readString(folder.resolve("rsa"));
    String other = Files.readString(folder.resolve("other"));
    String mixed =
        rsa.substring(0, rsa.indexOf("ciphertext")) + other.substring(other.indexOf("ciphertext"));
    Files.writeString(folder.resolve("mixed"), mixed);
    assertRefused(tink("mixed", keyset), password, "the wrapped key doesn't open");
    Files.writeString(folder.resolve("purpose"), rsa.replace("sign-bpf", "sign-iso"));
    assertRefused(tink("purpose", keyset), password, "the wrapped key doesn't open");
  }

  @Test
  void refusesAWrongPasswordAndAnotherKeyset() throws Exception {
    assertRefused(tink("rsa", keyset), password("wrong", "battery"), "is this its password?");
    Path another = folder.resolve("another");
    ok("key", "keyset", "--out", another, "--keyset-password", password);
    assertRefused(tink("rsa", another), password, "which this keyset hasn't");
  }

  @Test
  void rotates() throws Exception {
    byte[] plain = signed(KEYS.resolve("rsa.key").toString(), "rsa");
    ok(
        "key",
        "keyset",
        "--rotate",
        keyset,
        "--out",
        keyset,
        "--force",
        "--keyset-password",
        password);
    assertThat(signed(tink("rsa", keyset), "rsa", "--key-password", password)).isEqualTo(plain);
    String before = wrappedWith("rsa");
    ok(
        "key",
        "wrap",
        "--key",
        tink("rsa", keyset),
        "--key-password",
        password,
        "--keyset",
        keyset,
        "--keyset-password",
        password,
        "--out",
        folder.resolve("rsa"),
        "--force");
    assertThat(wrappedWith("rsa")).isNotEqualTo(before);
    assertThat(signed(tink("rsa", keyset), "rsa", "--key-password", password)).isEqualTo(plain);
  }

  @Test
  void takesACleartextKeysetOnlyIfToldSo() throws Exception {
    Path clear = folder.resolve("clear");
    ok("key", "keyset", "--out", clear, "--insecure-cleartext-keyset");
    Run refused =
        Run.of(
            "key",
            "wrap",
            "--key",
            KEYS.resolve("rsa.key"),
            "--keyset",
            clear,
            "--out",
            folder.resolve("x"));
    assertThat(refused.status()).isEqualTo(4);
    assertThat(refused.err()).contains("whoever reads the file has the key");
    ok(
        "key",
        "wrap",
        "--key",
        KEYS.resolve("rsa.key"),
        "--keyset",
        clear,
        "--out",
        folder.resolve("x"),
        "--insecure-cleartext-keyset");
    assertRefused(tink("x", clear), password, "whoever reads the file has the key");
    assertThat(signed(tink("x", clear), "rsa", "--insecure-cleartext-keyset"))
        .isEqualTo(signed(KEYS.resolve("rsa.key").toString(), "rsa"));
  }

  @Test
  void asksAKeyManagementService() throws Exception {
    Path kms = folder.resolve("kms");
    ok("key", "keyset", "--out", kms, "--kms", "stub-kms://release");
    assertThat(Files.readString(kms)).contains("protection kms stub-kms://release\n");
    ok(
        "key",
        "wrap",
        "--key",
        KEYS.resolve("rsa.key"),
        "--keyset",
        kms,
        "--out",
        folder.resolve("x"));
    assertThat(signed(tink("x", kms), "rsa"))
        .isEqualTo(signed(KEYS.resolve("rsa.key").toString(), "rsa"));
    Files.writeString(kms, Files.readString(kms).replace("//release", "//other"));
    assertRefused(tink("x", kms), password, "the keyset doesn't open");
    Files.writeString(kms, Files.readString(kms).replace("stub-kms", "no-kms"));
    assertRefused(tink("x", kms), password, "no client for the keyset's service no-kms://other");
  }

  @Test
  void unwrapsUnderANewPassword() throws Exception {
    ok(
        "key",
        "unwrap",
        "--key",
        tink("p256", keyset),
        "--key-password",
        password,
        "--new-password",
        password("new", "staple"),
        "--out",
        folder.resolve("out.key"));
    OpenSsl openssl = new OpenSsl(folder);
    openssl.run("pkey", "-in", "out.key", "-passin", "file:new", "-outform", "DER", "-out", "back");
    openssl.run(
        "pkey", "-in", KEYS.resolve("p256.key").toString(), "-outform", "DER", "-out", "was");
    assertThat(folder.resolve("back")).hasSameBinaryContentAs(folder.resolve("was"));
  }

  @Test
  void saysWhatAKeyIs() {
    Run wrapped = ok("key", "inspect", "--key", folder.resolve("rsa"));
    Run plain = ok("key", "inspect", "--key", KEYS.resolve("rsa.key"));
    String hash =
        plain.out().lines().filter(l -> l.startsWith("publicKeySha256")).findFirst().get();
    assertThat(plain.out()).contains("algorithm         RSA-2048");
    assertThat(wrapped.out())
        .contains("kind              wrapped key", "purpose           sign-bpf", hash);
    assertThat(ok("key", "inspect", "--key", keyset, "--json").out())
        .contains("\"kind\": \"keyset\"", "\"protection\": \"password\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tink:FOLDER/rsa                        | not of the shape tink:WRAPPED?keyset=KEYSET",
        "tink:FOLDER/none?keyset=FOLDER/keyset  | none: no such file",
        "tink:FOLDER/keyset?keyset=FOLDER/keyset| bpfseal-wrapped-key: bpfseal-wrapped-key at byte 0",
        "tink:FOLDER/rsa?keyset=FOLDER/rsa      | bpfseal-keyset: bpfseal-keyset at byte 0",
        "FOLDER/rsa                             | name it with its keyset: tink:",
      })
  void saysWhatIsWrong(String key, String message) {
    assertRefused(key.strip().replace("FOLDER", folder.toString()), password, message.strip());
  }

  private void assertRefused(String key, String source, String message) {
    Run run =
        Run.of(
            "sign",
            "--as",
            "data",
            "--key",
            key,
            "--cert",
            KEYS.resolve("rsa.crt"),
            "--key-password",
            source,
            input);
    assertThat(run.err()).contains(message).doesNotContain("Exception", "battery");
    assertThat(run.status()).isEqualTo(4);
  }

  private void wrap(Path key, String name) {
    ok(
        "key",
        "wrap",
        "--key",
        key,
        "--keyset",
        keyset,
        "--keyset-password",
        password,
        "--out",
        folder.resolve(name));
  }

  private String wrappedWith(String name) {
    return ok("key", "inspect", "--key", folder.resolve(name))
        .out()
        .lines()
        .filter(line -> line.startsWith("wrappedWithKey"))
        .findFirst()
        .orElseThrow();
  }

  private String tink(String name, Path with) {
    return "tink:" + folder.resolve(name) + "?keyset=" + with;
  }

  private byte[] signed(String key, String certificate, Object... more) throws Exception {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "sign",
                "--as",
                "data",
                "--force",
                "--key",
                key,
                "--cert",
                KEYS.resolve(certificate + ".crt"),
                input));
    all.addAll(List.of(more));
    ok(all.toArray());
    return Files.readAllBytes(folder.resolve("manifest.p7s"));
  }

  private static Run ok(Object... words) {
    Run run = Run.of(words);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    return run;
  }

  private String password(String name, String text) throws Exception {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return "file:" + file;
  }
}
