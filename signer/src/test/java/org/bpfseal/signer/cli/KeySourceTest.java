// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.signer.OpenSsl;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way to keep a key in a file: the same signature from each. */
class KeySourceTest {
  private static final String PASSWORD = "correct horse ü";

  @TempDir static Path keys;
  private static OpenSsl openssl;

  @TempDir Path folder;
  private Path input;

  @BeforeAll
  static void makeKeys() throws Exception {
    openssl = new OpenSsl(keys);
    password("password", PASSWORD + "\n");
    password("ascii", "correct horse");
    password("wrong", "battery staple");
    password("open", PASSWORD);
    Files.setPosixFilePermissions(
        keys.resolve("open"), PosixFilePermissions.fromString("rw-r--r--"));
    openssl.identity("rsa", "RSA", "-pkeyopt", "rsa_keygen_bits:2048");
    openssl.identity("ec", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
    for (String name : List.of("rsa", "ec")) {
      String in = " -in " + name + ".key -passout file:password -out " + name;
      run("pkcs8 -topk8 -v2 aes-256-cbc" + in + ".aes256");
      run("pkcs8 -topk8 -v2 aes-128-cbc -v2prf hmacWithSHA1" + in + ".aes128");
      run("pkcs8 -topk8 -v2 aes-192-cbc -v2prf hmacWithSHA512" + in + ".aes192");
      run("pkcs8 -topk8 -v2 des3" + in + ".des3");
      run("pkcs8 -topk8 -scrypt" + in + ".scrypt");
      run("pkcs8 -topk8 -outform DER" + in + ".der");
      run((name.equals("rsa") ? "rsa -traditional" : "ec") + " -aes256" + in + ".legacy");
      run((name.equals("rsa") ? "rsa -traditional" : "ec") + " -des3" + in + ".legacy3des");
      run(
          "pkcs12 -export -inkey "
              + name
              + ".key -in "
              + name
              + ".crt -name bpf -passout"
              + " file:password -out "
              + name
              + ".p12");
    }
    run("pkcs8 -topk8 -v1 PBE-SHA1-3DES -in rsa.key -passout file:password -out rsa.pbes1");
    run(
        "pkcs12 -export -inkey rsa.key -in rsa.crt -name bpf -passout file:ascii -legacy -out"
            + " rsa.legacy.p12");
    keytool("JKS", "rsa.p12", "bpf", "store.jks", "release");
    keytool("PKCS12", "rsa.p12", "bpf", "two.p12", "first");
    keytool("PKCS12", "ec.p12", "bpf", "two.p12", "second");
  }

  @BeforeEach
  void writeInput() throws Exception {
    input = Files.writeString(folder.resolve("manifest"), "bpfseal-manifest 1\n");
  }

  @ParameterizedTest
  @CsvSource({"aes256", "aes128", "aes192", "des3", "scrypt", "der", "legacy", "legacy3des", "p12"})
  void signsLikeThePlainKey(String form) throws Exception {
    for (String name : List.of("rsa", "ec")) {
      assertSameAsPlain(name, "--key", keys.resolve(name + "." + form));
    }
  }

  @Test
  void takesCertificatesFromStores() throws Exception {
    for (List<Object> words :
        List.<List<Object>>of(
            List.of("--key", keys.resolve("rsa.p12")),
            List.of("--keystore", keys.resolve("rsa.p12")),
            List.of("--keystore", keys.resolve("store.jks"), "--storetype", "JKS"),
            List.of("--keystore", keys.resolve("two.p12"), "--alias", "first"))) {
      byte[] plain = plain("rsa");
      List<Object> all = new ArrayList<>(words);
      all.addAll(List.of("--key-password", "file:" + keys.resolve("password")));
      assertThat(signed(all.toArray())).isEqualTo(plain);
    }
  }

  @Test
  void takesOldStores() throws Exception {
    assertThat(
            signed(
                "--key",
                keys.resolve("rsa.legacy.p12"),
                "--key-password",
                "file:" + keys.resolve("ascii")))
        .isEqualTo(plain("rsa"));
    Run run =
        Run.of(
            "sign",
            "--as",
            "data",
            "--key",
            keys.resolve("rsa.legacy.p12"),
            "--key-password",
            "file:" + keys.resolve("password"),
            input);
    assertThat(run.err()).contains("wrong password", "with ASCII passwords only");
  }

  @Test
  void takesPasswordsFromStandardInput() throws Exception {
    byte[] plain = plain("rsa");
    InputStream before = System.in;
    try {
      System.setIn(
          new ByteArrayInputStream((PASSWORD + "\nmore").getBytes(StandardCharsets.UTF_8)));
      assertThat(
              signed(
                  "--key",
                  keys.resolve("rsa.aes256"),
                  "--cert",
                  keys.resolve("rsa.crt"),
                  "--key-password",
                  "stdin"))
          .isEqualTo(plain);
    } finally {
      System.setIn(before);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--key KEYS/rsa.aes256 --key-password file:KEYS/wrong | wrong password for the key",
        "--key KEYS/rsa.scrypt --key-password file:KEYS/wrong | wrong password for the key",
        "--key KEYS/rsa.legacy --key-password file:KEYS/wrong | wrong password for the key",
        "--key KEYS/rsa.der --key-password file:KEYS/wrong    | wrong password for the key",
        "--key KEYS/rsa.p12 --key-password file:KEYS/wrong    | wrong password for the key store",
        "--keystore KEYS/store.jks --storetype JKS --key-password file:KEYS/wrong | wrong password",
        "--key KEYS/rsa.aes256                                | no terminal to ask for it",
        "--key KEYS/rsa.aes256 --key-password file:KEYS/open  | everybody can read this password",
        "--key KEYS/rsa.aes256 --key-password file:KEYS/none  | the password can't be read",
        "--key KEYS/rsa.aes256 --key-password env:BPFSEAL_NO  | BPFSEAL_NO for the password of the key isn't set",
        "--key KEYS/rsa.aes256 --key-password battery         | isn't given on the command line",
        "--key KEYS/rsa.pbes1 --key-password file:KEYS/password | scheme 1.2.840.113549.1.12.1.3",
        "--keystore KEYS/two.p12 --key-password file:KEYS/password | the store has 2 keys",
        "--keystore KEYS/two.p12 --alias x --key-password file:KEYS/password | no key \"x\"",
        "--keystore KEYS/rsa.crt --key-password file:KEYS/password | PKCS12: key store at byte 0",
        "--keystore KEYS/rsa.p12 --storetype NONE --key-password file:KEYS/password | no key store of type",
        "--storetype X --provider NoSuch --key-password file:KEYS/password | no security provider",
        "--storetype X --provider java.lang.String --key-password file:KEYS/password | no security provider",
        "--key KEYS/ec.key                                    | is not the key of certificate",
        "--key hsm:slot0                                      | no key source \"hsm:\"",
      })
  void saysWhatIsWrong(String words, String message) {
    List<Object> all = new ArrayList<>(List.of("sign", "--as", "data"));
    all.addAll(List.of(words.strip().replace("KEYS", keys.toString()).split(" ")));
    all.addAll(List.of("--cert", keys.resolve("rsa.crt"), input));
    Run run = Run.of(all.toArray());
    assertThat(run.err()).startsWith("bpf-sign: error: ").contains(message.strip());
    assertThat(run.err()).doesNotContain("battery", "horse", "Exception");
    assertThat(run.status()).isEqualTo(4);
    assertThat(folder.resolve("manifest.p7s")).doesNotExist();
  }

  @Test
  void takesAnOpenPasswordFileIfToldSo() throws Exception {
    assertThat(
            signed(
                "--key",
                keys.resolve("rsa.aes256"),
                "--cert",
                keys.resolve("rsa.crt"),
                "--insecure-password-file",
                "--key-password",
                "file:" + keys.resolve("open")))
        .isEqualTo(plain("rsa"));
  }

  @Test
  void refusesAKeyWithoutCertificate() {
    Run run = Run.of("sign", "--as", "data", "--key", keys.resolve("rsa.key"), input);
    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err()).contains("no certificate for key", "--cert");
  }

  private void assertSameAsPlain(String name, Object... words) throws Exception {
    byte[] plain = plain(name);
    List<Object> all = new ArrayList<>(List.of(words));
    all.addAll(
        List.of(
            "--cert",
            keys.resolve(name + ".crt"),
            "--key-password",
            "file:" + keys.resolve("password")));
    assertThat(signed(all.toArray())).as("%s", all).isEqualTo(plain);
  }

  private byte[] plain(String name) throws Exception {
    return signed("--key", keys.resolve(name + ".key"), "--cert", keys.resolve(name + ".crt"));
  }

  private byte[] signed(Object... words) throws Exception {
    List<Object> all = new ArrayList<>(List.of("sign", "--as", "data", "--force"));
    all.addAll(List.of(words));
    all.add(input);
    Run run = Run.of(all.toArray());
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    return Files.readAllBytes(folder.resolve("manifest.p7s"));
  }

  private static void password(String name, String text) throws Exception {
    Path file = Files.writeString(keys.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static void run(String words) throws Exception {
    openssl.run(words.split(" "));
  }

  private static void keytool(String type, String from, String alias, String to, String name)
      throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/keytool").toString(),
                "-importkeystore",
                "-srckeystore",
                from,
                "-srcalias",
                alias,
                "-srcstorepass:file",
                "password",
                "-destkeystore",
                to,
                "-deststoretype",
                type,
                "-destalias",
                name,
                "-deststorepass:file",
                "password",
                "-noprompt")
            .directory(keys.toFile())
            .redirectErrorStream(true)
            .start();
    process.getOutputStream().close();
    String messages = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(messages).isZero();
  }
}
