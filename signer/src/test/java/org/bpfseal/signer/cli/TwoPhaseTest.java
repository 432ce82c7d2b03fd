// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.bpfseal.signer.OpenSsl;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signing in two phases, the private key with {@code openssl pkeyutl} between them. */
class TwoPhaseTest {
  private static final Path KEYS = Lab.repository().resolve("keys-example");

  @TempDir Path folder;
  private OpenSsl openssl;
  private Path input;

  @BeforeEach
  void writeInput() throws Exception {
    openssl = new OpenSsl(folder);
    input = Files.writeString(folder.resolve("manifest"), "bpfseal-manifest 1\n");
  }

  @ParameterizedTest
  @CsvSource({
    "digest, sha256, -pkeyopt digest:sha256",
    "digest, sha512, -pkeyopt digest:sha512",
    "digest-info, sha256, -pkeyopt rsa_padding_mode:pkcs1",
    "payload, sha256, -rawin -digest sha256"
  })
  void rsaGivesTheBytesThatSignGives(String form, String digest, String options) throws Exception {
    Run first = run("digest", "--as", "data", "--digest", digest, "--form", form, input);
    assertThat(first.err()).isEmpty();
    assertThat(first.status()).isZero();
    pkeyutl("rsa", form, options);
    assertThat(run("attach", "--as", "data", "--digest", digest, "-i", cert("rsa"), input).err())
        .isEmpty();
    Path direct = folder.resolve("direct");
    Run sign =
        Run.of(
            "sign",
            "--as",
            "data",
            "--digest",
            digest,
            "--out",
            direct,
            "-k",
            KEYS.resolve("rsa.key"),
            "-i",
            cert("rsa"),
            input);
    assertThat(sign.status()).isZero();
    assertThat(folder.resolve("manifest.p7s"))
        .hasBinaryContent(Files.readAllBytes(direct.resolve("manifest.p7s")));
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void ecIsTakenInBothShapes(boolean plain) throws Exception {
    run("digest", "--as", "data", input);
    pkeyutl("p256", "digest", "");
    if (plain) {
      byte[] der = Files.readAllBytes(folder.resolve("manifest.sig"));
      Files.write(folder.resolve("manifest.sig"), plain(der));
    }
    Run attach = run("attach", "--as", "data", "--cert", cert("p256"), input);
    assertThat(attach.err()).isEmpty();
    assertThat(attach.status()).isZero();
    openssl.run(
        ("cms -verify -binary -inform DER -in manifest.p7s -content manifest -noverify -out x"
                + " -certfile "
                + cert("p256"))
            .split(" "));
  }

  @Test
  void aLoaderHasOnePartForEachGeneration() throws Exception {
    Path object =
        Files.copy(
            Lab.vectors().resolve("objects/clang-19/callbacks.bpf.o"),
            folder.resolve("callbacks.bpf.o"));
    Run digest = run("digest", object);
    assertThat(digest.err()).isEmpty();
    assertThat(digest.out())
        .contains("loader instructions and blob, for kernel 7.3 and later", "6.18 to 7.2");
    for (String part : List.of("7.3", "6.18")) {
      openssl.run(
          ("pkeyutl -sign -pkeyopt digest:sha256 -inkey " + KEYS.resolve("rsa.key"))
              .concat(" -in callbacks.bpf.o." + part + ".digest")
              .concat(" -out callbacks.bpf.o." + part + ".sig")
              .split(" "));
    }
    Run attach = run("attach", "--cert", cert("rsa"), object);
    assertThat(attach.err()).isEmpty();
    assertThat(attach.out()).contains("7.3 ok  6.18 ok");
    Path direct = folder.resolve("direct");
    run("sign", "-k", KEYS.resolve("rsa.key"), "-i", cert("rsa"), "--out", direct, object);
    assertThat(folder.resolve("callbacks.bpfs"))
        .hasSameBinaryContentAs(direct.resolve("callbacks.bpfs"));
    Files.copy(
        folder.resolve("callbacks.bpf.o.7.3.sig"),
        folder.resolve("callbacks.bpf.o.6.18.sig"),
        StandardCopyOption.REPLACE_EXISTING);
    Run swapped = run("attach", "--force", "--cert", cert("rsa"), object);
    assertThat(swapped.status()).isEqualTo(1);
    assertThat(swapped.out()).contains("6.18: not a signature of this input");
  }

  @Test
  void saysWhatIsToBeSigned() {
    Run run = run("digest", "--as", "data", input);
    assertThat(run.out())
        .isEqualTo(
            """
            manifest
              kind        data
              covers      the whole file, 19 bytes
              sha256      %s
              written to  %s
            """
                .formatted(hex(input), folder.resolve("manifest.digest")));
    Run json = run("digest", "--as", "data", "--force", "--json", input);
    assertThat(json.out()).contains("\"schema\": \"bpf-sign-digest 1\"", hex(input));
  }

  @Test
  void refusesTheSignatureOfAnotherFile() throws Exception {
    run("digest", "--as", "data", input);
    pkeyutl("rsa", "digest", "-pkeyopt digest:sha256");
    Files.writeString(input, "bpfseal-manifest 2\n");
    Run attach = run("attach", "--as", "data", "--cert", cert("rsa"), input);
    assertThat(attach.status()).isEqualTo(1);
    assertThat(attach.out()).contains("refused: not a signature of this input by");
    assertThat(folder.resolve("manifest.p7s")).doesNotExist();
  }

  @Test
  void saysWhichDigestItWasMadeWith() throws Exception {
    run("digest", "--as", "data", "--digest", "sha512", input);
    pkeyutl("rsa", "digest", "-pkeyopt digest:sha512");
    Run attach = run("attach", "--as", "data", "--cert", cert("rsa"), input);
    assertThat(attach.status()).isEqualTo(1);
    assertThat(attach.out()).contains("made with sha512, not sha256", "hint: give --digest sha512");
  }

  @Test
  void takesSignaturesByNameAndOfTwoCertificates() throws Exception {
    run("digest", "--as", "data", input);
    pkeyutl("rsa", "digest", "-pkeyopt digest:sha256");
    Files.move(folder.resolve("manifest.sig"), folder.resolve("a"));
    pkeyutl("p256", "digest", "");
    Files.move(folder.resolve("manifest.sig"), folder.resolve("b"));
    Run attach =
        run(
            "attach",
            "--as",
            "data",
            "--cert",
            cert("rsa"),
            "--cert",
            cert("p256"),
            "--signature",
            folder.resolve("a"),
            "--signature",
            folder.resolve("b"),
            input);
    assertThat(attach.err()).isEmpty();
    assertThat(attach.status()).isZero();
    Run missing =
        run(
            "attach",
            "--as",
            "data",
            "--force",
            "--cert",
            cert("rsa"),
            "--cert",
            cert("p256"),
            "--signature",
            folder.resolve("a"),
            input);
    assertThat(missing.status()).isEqualTo(2);
    assertThat(missing.err()).contains("needs 2 signatures, and has 1");
  }

  @Test
  void saysWhichSignatureIsMissing() {
    Run attach = run("attach", "--as", "data", "--cert", cert("rsa"), input);
    assertThat(attach.status()).isEqualTo(3);
    assertThat(attach.err()).contains("manifest.sig: no such file");
  }

  private static Run run(Object... words) {
    return Run.of(words);
  }

  private static Path cert(String name) {
    return KEYS.resolve(name + ".crt");
  }

  private static String hex(Path file) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private void pkeyutl(String key, String form, String options) throws Exception {
    openssl.run(
        ("pkeyutl -sign -inkey "
                + KEYS.resolve(key + ".key")
                + " -in manifest."
                + form
                + " -out manifest.sig "
                + options)
            .strip()
            .split(" +"));
  }

  /** Both numbers of a DER signature by P-256 at 32 bytes each. */
  private static byte[] plain(byte[] der) {
    byte[] plain = new byte[64];
    int at = 4;
    for (int half = 1; half <= 2; half++) {
      int length = der[at - 1];
      int copied = Math.min(length, 32);
      System.arraycopy(der, at + length - copied, plain, 32 * half - copied, copied);
      at += length + 2;
    }
    return plain;
  }
}
