// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bpfseal.signer.OpenSsl;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignDetachedTest {
  private static final Path KEYS = Lab.repository().resolve("keys-example");
  private static final Path KEY = KEYS.resolve("rsa.key");
  private static final Path CERTIFICATE = KEYS.resolve("rsa.crt");

  @TempDir Path folder;
  private Path input;

  @BeforeEach
  void writeInput() throws Exception {
    input = Files.writeString(folder.resolve("manifest"), "bpfseal-manifest 1\n");
  }

  @ParameterizedTest
  @CsvSource({"data, sha256", "object, sha256", "data, sha512"})
  void writesWhatOpenSslWrites(String kind, String digest) throws Exception {
    Run run = sign("--as", kind, "--digest", digest, input);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    OpenSsl openssl = new OpenSsl(folder);
    openssl.run(
        ("cms -sign -binary -noattr -nocerts -keyid -nosmimecap -outform DER -in manifest"
                + (" -md " + digest + " -signer " + CERTIFICATE + " -inkey " + KEY)
                + " -out peer.p7s")
            .split(" "));
    assertThat(folder.resolve("manifest.p7s")).hasBinaryContent(openssl.read("peer.p7s").toArray());
  }

  /** Such a file is read in pieces. */
  @Test
  void writesWhatOpenSslWritesOfALargeFile() throws Exception {
    byte[] content = new byte[(3 << 20) + 1];
    Arrays.fill(content, 1 << 20, 2 << 20, (byte) 7);
    Path large = Files.write(folder.resolve("large"), content);
    assertThat(sign("--as", "object", large).status()).isZero();
    OpenSsl openssl = new OpenSsl(folder);
    openssl.run(
        ("cms -sign -binary -noattr -nocerts -keyid -nosmimecap -outform DER -in large -md sha256"
                + (" -signer " + CERTIFICATE + " -inkey " + KEY)
                + " -out peer.p7s")
            .split(" "));
    assertThat(folder.resolve("large.p7s")).hasBinaryContent(openssl.read("peer.p7s").toArray());
  }

  @Test
  void signsAllAndSaysSo() throws Exception {
    Path second = Files.writeString(folder.resolve("b"), "two");
    Path out = folder.resolve("new/dist");
    Run run = sign("--as", "data", "--out", out, input, second);
    assertThat(run.status()).isZero();
    assertThat(run.out().lines().toList())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("manifest   signed   " + out),
            line -> assertThat(line).startsWith("b          signed   " + out),
            line -> assertThat(line).isEqualTo("2 signed"));
    assertThat(files(out)).containsExactlyInAnyOrder("manifest.p7s", "b.p7s");
  }

  @Test
  void oneBadInputStopsNoOtherAndLeavesNothing() throws Exception {
    Path missing = folder.resolve("missing");
    Run run = sign("--as", "data", "--out", folder.resolve("dist"), missing, input);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).isEqualTo("bpf-sign: error: " + missing + ": no such file\n");
    assertThat(run.out()).endsWith("1 signed, 1 failed\n");
    assertThat(files(folder.resolve("dist"))).containsExactly("manifest.p7s");
  }

  @Test
  void keepsWhatExistsUnlessForced() throws Exception {
    Path output = Files.writeString(folder.resolve("manifest.p7s"), "old");
    Run kept = sign("--as", "data", input);
    assertThat(kept.status()).isEqualTo(5);
    assertThat(kept.err()).contains(output + ": exists already", "hint: --force");
    assertThat(output).hasContent("old");
    assertThat(sign("--as", "data", "--force", input).status()).isZero();
    assertThat(Files.size(output)).isEqualTo(375);
  }

  @Test
  void refusesTwoInputsForOneOutput() throws Exception {
    Path other = Files.createDirectories(folder.resolve("x")).resolve("manifest");
    Files.writeString(other, "other");
    Run run = sign("--as", "data", "--out", folder.resolve("dist"), input, other);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(input + " and " + other + " would both become");
    assertThat(folder.resolve("dist")).doesNotExist();
  }

  @Test
  void refusesAnOutputThatIsAnInput() throws Exception {
    Path signature = Files.writeString(folder.resolve("manifest.p7s"), "x");
    Run run = sign("--as", "data", "--force", input, signature);
    assertThat(run.status()).isEqualTo(2);
    assertThat(signature).hasContent("x");
  }

  @Test
  void printsJson() {
    Run run = sign("--as", "data", "--json", input, folder.resolve("missing"));
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.out())
        .contains("\"schema\": \"bpf-sign-sign 1\"")
        .contains("\"result\": \"signed\"")
        .contains("\"result\": \"failed\"")
        .contains("\"exitCode\": 3");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rsa.key    | other.crt  | 4 | is not the key of certificate",
        "p256.key   | rsa.crt    | 4 | is not the key of certificate",
        "missing    | rsa.crt    | 4 | missing: no such file",
        "rsa.crt    | rsa.crt    | 4 | expected a block PRIVATE KEY, found CERTIFICATE",
        "README.md  | rsa.crt    | 4 | private key: DER at byte 0",
        "rsa.key    | missing    | 3 | missing: no such file",
        "rsa.key    | rsa.key    | 3 | expected a block CERTIFICATE, found PRIVATE KEY",
        "rsa.key    | README.md  | 3 | certificate: DER at byte 0",
      })
  void saysWhatIsWrongWithKeyAndCertificate(
      String key, String certificate, int status, String message) throws Exception {
    Run run =
        Run.of(
            "sign",
            "--as",
            "data",
            "-k",
            KEYS.resolve(key),
            "-i",
            KEYS.resolve(certificate),
            input);
    assertThat(run.status()).isEqualTo(status);
    assertThat(run.err()).startsWith("bpf-sign: error: ").contains(message);
    assertThat(run.out()).isEmpty();
    assertThat(files(folder)).containsExactly("manifest");
  }

  @Test
  void refusesAKeySourceThatIsNotThere() {
    Run run = Run.of("sign", "--as", "data", "-k", "vault:x", "-i", CERTIFICATE, input);
    assertThat(run.status()).isEqualTo(4);
    assertThat(run.err()).contains("no key source \"vault:\"", "bpf-sign: hint: ");
  }

  @ParameterizedTest
  @CsvSource({"--as data", "--as data --digest md5", "--as nothing", "--as data --nonsense"})
  void refusesAWrongCommandLine(String words) {
    List<Object> all = new ArrayList<>(List.of("sign"));
    all.addAll(List.of(words.split(" ")));
    if (words.contains("md5")) {
      all.addAll(List.of("-k", KEY, "-i", CERTIFICATE));
    }
    all.add(input);
    Run run = Run.of(all.toArray());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("bpf-sign: error: ", "bpf-sign: hint: ");
  }

  private static Run sign(Object... words) {
    List<Object> all = new ArrayList<>(List.of("sign", "--key", KEY, "--cert", CERTIFICATE));
    all.addAll(List.of(words));
    return Run.of(all.toArray());
  }

  private static List<String> files(Path directory) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
