// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bpfseal.signer.OpenSsl;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kinds that another tool makes too: the same bytes as sign-file, fsverity and openssl. */
class SignWholeFilesTest {
  private static final Path KEYS = Lab.repository().resolve("keys-example");

  @TempDir Path folder;

  @ParameterizedTest
  @Tag("lab")
  @CsvSource({"sha256, issuer", "sha512, issuer", "sha256, skid"})
  void moduleEqualsSignFile(String digest, String form) throws Exception {
    Path module = module("probe.ko");
    Run run =
        sign(
            "rsa",
            "--as",
            "module",
            "--digest",
            digest,
            "--signer-id",
            form,
            "--out",
            folder.resolve("ours"),
            module);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    List<String> peer = new ArrayList<>(List.of(Lab.signFile().toString()));
    if (form.equals("skid")) {
      peer.add("-k");
    }
    peer.addAll(
        List.of(
            digest,
            KEYS.resolve("rsa.key").toString(),
            KEYS.resolve("rsa.crt").toString(),
            module.toString(),
            folder.resolve("peer.ko").toString()));
    execute(peer);
    assertThat(folder.resolve("ours/probe.ko"))
        .hasBinaryContent(Files.readAllBytes(folder.resolve("peer.ko")));
  }

  @Test
  void refusesAModuleThatIsSignedOrNone() throws Exception {
    Path module = module("probe.ko");
    Path out = folder.resolve("out");
    assertThat(sign("rsa", "--as", "module", "--out", out, module).status()).isZero();
    Run twice =
        sign("rsa", "--as", "module", "--out", folder.resolve("x"), out.resolve("probe.ko"));
    assertThat(twice.status()).isEqualTo(1);
    assertThat(twice.out()).contains("refused: the module has a signature already");
    Path text = Files.writeString(folder.resolve("text.ko"), "no module");
    Run none = sign("rsa", "--as", "module", "--out", out, text);
    assertThat(none.status()).isEqualTo(3);
    assertThat(none.err()).contains("module: ELF header at byte 0");
    Run inPlace = sign("rsa", "--as", "module", module);
    assertThat(inPlace.status()).isEqualTo(2);
  }

  @ParameterizedTest
  @Tag("lab")
  @CsvSource({
    "0, sha256, 4096, ''",
    "1, sha256, 4096, ''",
    "4096, sha256, 4096, ''",
    "4097, sha256, 4096, aabb",
    "524288, sha256, 4096, ''",
    "524289, sha256, 4096, ''",
    "3000000, sha512, 1024, 00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
    "3000000, sha256, 1024, 01"
  })
  void fsverityEqualsItsTool(int size, String digest, int block, String salt) throws Exception {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    Path file = Files.write(folder.resolve("file"), content);
    Run run =
        sign(
            "rsa",
            "--as",
            "fsverity",
            "--digest",
            digest,
            "--block-size",
            block,
            "--salt",
            salt,
            file);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    List<String> peer =
        new ArrayList<>(
            List.of(
                "fsverity",
                "sign",
                file.toString(),
                folder.resolve("peer").toString(),
                "--key=" + KEYS.resolve("rsa.key"),
                "--cert=" + KEYS.resolve("rsa.crt"),
                "--hash-alg=" + digest,
                "--block-size=" + block));
    if (!salt.isEmpty()) {
      peer.add("--salt=" + salt);
    }
    execute(peer);
    assertThat(folder.resolve("file.fsv-sig"))
        .hasBinaryContent(Files.readAllBytes(folder.resolve("peer")));
  }

  @ParameterizedTest
  @CsvSource({
    "--digest sha384, fs-verity has sha256 and sha512 only",
    "--block-size 3000, block size is a power of two",
    "--salt abc, hex",
    "--signer-id name, no form of signer id"
  })
  void refusesParametersThatFsverityHasNot(String words, String message) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    List<Object> all = new ArrayList<>(List.of("--as", "fsverity"));
    all.addAll(List.of(words.split(" ")));
    all.add(file);
    Run run = sign("rsa", all.toArray());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(message);
  }

  @Test
  void severalSignersEqualOpenSsl() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "signed twice");
    Run run =
        Run.of(
            "sign",
            "--as",
            "data",
            "-k",
            KEYS.resolve("rsa.key"),
            "-i",
            KEYS.resolve("rsa.crt"),
            "-k",
            KEYS.resolve("other.key"),
            "-i",
            KEYS.resolve("other.crt"),
            file);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    new OpenSsl(folder)
        .run(
            ("cms -sign -binary -noattr -nocerts -keyid -nosmimecap -md sha256 -outform DER"
                    + (" -signer " + KEYS.resolve("rsa.crt") + " -inkey " + KEYS.resolve("rsa.key"))
                    + (" -signer " + KEYS.resolve("other.crt"))
                    + (" -inkey " + KEYS.resolve("other.key") + " -in file -out peer.p7s"))
                .split(" "));
    assertThat(folder.resolve("file.p7s"))
        .hasBinaryContent(Files.readAllBytes(folder.resolve("peer.p7s")));
  }

  private Path module(String name) throws IOException {
    byte[] content = new byte[9000];
    new Random(7).nextBytes(content);
    content[0] = 0x7f;
    content[1] = 'E';
    content[2] = 'L';
    content[3] = 'F';
    return Files.write(folder.resolve(name), content);
  }

  private static Run sign(String key, Object... words) {
    List<Object> all =
        new ArrayList<>(
            List.of("sign", "-k", KEYS.resolve(key + ".key"), "-i", KEYS.resolve(key + ".crt")));
    all.addAll(List.of(words));
    return Run.of(all.toArray());
  }

  private static void execute(List<String> command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String messages = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as("%s: %s", command, messages).isZero();
  }
}
