// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bpfseal.signer.OpenSsl;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Keys on a SoftHSM 2 token, made by its own tools. */
@Tag("lab")
class TokenKeyTest {
  private static final String PIN = "correct-horse";

  private static final Path EXAMPLE = Lab.repository().resolve("keys-example/rsa.key");

  @TempDir static Path keys;

  private static SoftHsm softhsm;
  private static Path pin;

  @TempDir Path folder;
  private Path input;

  @BeforeAll
  static void makeTokens() throws Exception {
    softhsm = SoftHsm.in(keys);
    OpenSsl openssl = new OpenSsl(keys);
    openssl.identity("rsa2048", "RSA", "-pkeyopt", "rsa_keygen_bits:2048");
    openssl.identity("rsa4096", "RSA", "-pkeyopt", "rsa_keygen_bits:4096");
    openssl.run(
        "pkcs12 -export -inkey rsa2048.key -in rsa2048.crt -name bpf -passout pass:x -out store.p12"
            .split(" "));
    // The first token, which has slot index 0.
    softhsm.token("certified", PIN);
    softhsm.keyAndCertificate(PIN, keys.resolve("store.p12"), "x", "bpf");
    softhsm.token("release", PIN);
    softhsm.token("twins", PIN);
    int id = 1;
    for (String bits : List.of("2048", "4096")) {
      softhsm.key("release", PIN, keys.resolve("rsa" + bits + ".key"), "rsa" + bits, "0" + id++);
    }
    for (String curve : List.of("P-256", "P-384")) {
      openssl.identity(curve, "EC", "-pkeyopt", "ec_paramgen_curve:" + curve);
      softhsm.key("release", PIN, keys.resolve(curve + ".key"), curve, "0" + id++);
    }
    softhsm.key("twins", PIN, keys.resolve("rsa2048.key"), "bpf", "a1");
    softhsm.key("twins", PIN, keys.resolve("rsa4096.key"), "bpf", "a2");
    softhsm.token("example", PIN);
    softhsm.key("example", PIN, EXAMPLE, "bpf", "01");
    pin = Files.writeString(keys.resolve("pin"), PIN + "\n");
    Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-------"));
  }

  @BeforeEach
  void writeInput() throws Exception {
    input = Files.writeString(folder.resolve("manifest"), "bpfseal-manifest 1\n");
  }

  @ParameterizedTest
  @CsvSource({
    "rsa2048, sha256",
    "rsa4096, sha256",
    "rsa2048, sha512",
    "P-256, sha256",
    "P-384, sha384"
  })
  void signsLikeTheKeyInAFile(String key, String digest) throws Exception {
    Run token = sign("pkcs11:token=release;object=" + key, key, "--digest", digest, "--force");
    assertThat(token.err()).isEmpty();
    assertThat(token.status()).isZero();
    byte[] signature = Files.readAllBytes(folder.resolve("manifest.p7s"));
    new OpenSsl(folder)
        .run(
            ("cms -verify -binary -inform DER -in manifest.p7s -content manifest -noverify -out x"
                    + " -certfile "
                    + keys.resolve(key + ".crt"))
                .split(" "));
    if (key.startsWith("rsa")) {
      assertThat(
              sign(keys.resolve(key + ".key").toString(), key, "--digest", digest, "--force").err())
          .isEmpty();
      assertThat(folder.resolve("manifest.p7s")).hasBinaryContent(signature);
    }
  }

  /** One RSA key however it is kept: the signed program that openssl made with it. */
  @Test
  void theSameKeyElsewhereSignsTheSame() throws Exception {
    OpenSsl openssl = new OpenSsl(folder);
    String in = "-passout pass:" + PIN + " -in ";
    openssl.run(("pkcs8 -topk8 -v2 aes-256-cbc -out pem " + in + EXAMPLE).split(" "));
    openssl.run(
        ("pkcs12 -export -name bpf -out p12 -inkey " + EXAMPLE + " " + in + certificate())
            .split(" "));
    String password = "file:" + pin;
    Path keyset = folder.resolve("keyset");
    Path wrapped = folder.resolve("wrapped");
    Object[] wrap = {
      "key",
      "wrap",
      "--key",
      EXAMPLE,
      "--keyset",
      keyset,
      "--keyset-password",
      password,
      "--out",
      wrapped
    };
    Run made = Run.of("key", "keyset", "--out", keyset, "--keyset-password", password);
    assertThat(made.status() + Run.of(wrap).status()).isZero();
    Path object = Lab.vectors().resolve("objects/clang-19/socket-filter.bpf.o");
    for (String key :
        List.of(
            folder.resolve("pem").toString(),
            folder.resolve("p12").toString(),
            "pkcs11:token=example;object=bpf?module-path=" + softhsm.module(),
            "tink:" + wrapped + "?keyset=" + keyset)) {
      Run run =
          Run.of(
              "sign",
              "--force",
              "--key",
              key,
              "--key-password",
              password,
              "--cert",
              certificate(),
              "--out",
              folder.resolve("out"),
              object);
      assertThat(run.err()).as(key).isEmpty();
      assertThat(folder.resolve("out/socket-filter.bpfs"))
          .as(key)
          .hasSameBinaryContentAs(Lab.vectors().resolve("signed/programs/good.bpfs"));
    }
  }

  private static Path certificate() {
    return EXAMPLE.resolveSibling("rsa.crt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pkcs11:token=release;id=%01                  | rsa2048",
        "pkcs11:token=twins;object=bpf;id=%a2         | rsa4096",
        "pkcs11:token=release;object=rsa2048;type=private?pin-source=file:PIN | rsa2048",
        "pkcs11:token=release;object=rsa2048?pin-source=PIN                   | rsa2048",
        "pkcs11:manufacturer=SoftHSM%20project;token=release;object=rsa4096   | rsa4096",
      })
  void followsTheUri(String uri, String key) {
    Run run = sign(uri.strip().replace("PIN", pin.toString()), key);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pkcs11:token=lost;object=rsa2048        | no token \"lost\" | hint: token \"",
        "pkcs11:object=rsa2048                   | 4 tokens fit the URI | add serial=",
        "pkcs11:token=release;object=none        | no such private key on token \"release\" | object=rsa2048;id=%01",
        "pkcs11:token=twins;object=bpf           | 2 private keys fit the URI | object=bpf;id=%a1, object=bpf;id=%a2",
        "pkcs11:token=release                    | 4 private keys fit the URI | add id= or object=",
        "pkcs11:token=release;object=rsa4096     | is not the key of certificate | compare",
        "pkcs11:token=release;pin-value=1        | a PIN in the URI | pin-source=",
        "pkcs11:token=release;colour=red         | no attribute \"colour\" | RFC 7512",
        "pkcs11:token=release;token=release      | attribute \"token\" stands twice | RFC 7512",
        "pkcs11:token=%zz                        | a % without two hex digits | RFC 7512",
        "pkcs11:token=release;type=public        | type is \"public\" | RFC 7512",
        "pkcs11:token=release?module-path=/none  | module /none can't be loaded | --pkcs11-module",
      })
  void saysWhatStandsInTheWay(String uri, String message, String hint) throws Exception {
    Run run = sign(uri.strip(), "rsa2048");
    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err()).startsWith("bpf-sign: error: ").contains(message.strip(), hint.strip());
    assertThat(run.err()).doesNotContain(PIN);
    assertNothingWritten();
  }

  @Test
  void findsTheCertificateOnTheToken() throws Exception {
    Run run =
        Run.of(
            "sign",
            "--as",
            "data",
            "--key",
            "pkcs11:token=certified",
            "--key-password",
            "file:" + pin,
            "--pkcs11-module",
            softhsm.module(),
            input);
    assertThat(run.err()).isEmpty();
    byte[] signature = Files.readAllBytes(folder.resolve("manifest.p7s"));
    assertThat(sign(keys.resolve("rsa2048.key").toString(), "rsa2048", "--force").status())
        .isZero();
    assertThat(folder.resolve("manifest.p7s")).hasBinaryContent(signature);
  }

  @Test
  void triesAWrongPinOnce() throws Exception {
    Path wrong = Files.writeString(folder.resolve("wrong"), "battery");
    Files.setPosixFilePermissions(wrong, PosixFilePermissions.fromString("rw-------"));
    Run run = signWith(wrong, "pkcs11:token=release;object=rsa2048", "rsa2048");
    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err())
        .contains("wrong PIN for token \"release\"")
        .contains("won't be tried again")
        .doesNotContain("battery");
    Files.delete(wrong);
    assertNothingWritten();
    assertThat(sign("pkcs11:token=release;object=rsa2048", "rsa2048").status()).isZero();
  }

  @Test
  void asksForAModule() {
    Run run =
        Run.of(
            "sign",
            "--as",
            "data",
            "--key",
            "pkcs11:token=release?module-path=",
            "--cert",
            keys.resolve("rsa2048.crt"),
            input);
    assertThat(run.status()).isEqualTo(4);
  }

  private Run sign(String key, String certificate, Object... more) {
    return signWith(pin, key, certificate, more);
  }

  private Run signWith(Path pinFile, String key, String certificate, Object... more) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "sign",
                "--as",
                "data",
                "--key",
                key,
                "--cert",
                keys.resolve(certificate + ".crt"),
                "--key-password",
                "file:" + pinFile,
                "--pkcs11-module",
                softhsm.module(),
                input));
    all.addAll(List.of(more));
    return Run.of(all.toArray());
  }

  private void assertNothingWritten() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(input);
    }
  }
}
