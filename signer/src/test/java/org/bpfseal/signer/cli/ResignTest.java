// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Another key's signatures on the same content: the bytes that this key would have made at first.
 */
class ResignTest {
  private static final Path KEYS = Lab.repository().resolve("keys-example");

  private static final Path OBJECT = Lab.vectors().resolve("objects/clang-19/socket-filter.bpf.o");

  @TempDir Path folder;

  @Test
  void givesTheBytesOfSigningWithTheNewKey() throws Exception {
    Path object = object();
    assertThat(sign("rsa", "loader", folder.resolve("old"), object).status()).isZero();
    assertThat(sign("other", "loader", folder.resolve("new"), object).status()).isZero();
    Path old = only(folder.resolve("old"));
    Run run = resign("--out", folder.resolve("again"), old);
    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
    assertThat(only(folder.resolve("again"))).hasSameBinaryContentAs(only(folder.resolve("new")));
    assertThat(resign("--in-place", folder.resolve("old")).status()).isZero();
    assertThat(old).hasSameBinaryContentAs(only(folder.resolve("new")));
  }

  @Test
  void resignsModules() throws Exception {
    Path module =
        Files.write(
            folder.resolve("m.ko"),
            ("\u007fELF" + "x".repeat(300)).getBytes(StandardCharsets.ISO_8859_1));
    assertThat(sign("rsa", "module", folder.resolve("old"), module).status()).isZero();
    assertThat(sign("other", "module", folder.resolve("new"), module).status()).isZero();
    assertThat(resign("--in-place", only(folder.resolve("old"))).status()).isZero();
    assertThat(only(folder.resolve("old"))).hasSameBinaryContentAs(only(folder.resolve("new")));
  }

  /** Each kind of input: its own signer passes, another doesn't, nor does a damaged signature. */
  @ParameterizedTest
  @CsvSource({"loader, '7.3: '", "program, '7.3: '", "module, ''"})
  void asksWhoSignedBefore(String kind, String form) throws Exception {
    Path input =
        kind.equals("module")
            ? Files.writeString(folder.resolve("m.ko"), "\u007fELF" + "x".repeat(300))
            : OBJECT;
    assertThat(sign("rsa", kind, folder.resolve("old"), input).status()).isZero();
    Path old = only(folder.resolve("old"));
    Object[] right = {"--signed-by", KEYS.resolve("rsa.crt"), "--out", folder.resolve("a"), old};
    assertThat(resign(right).status()).isZero();
    Object[] wrong = {"--signed-by", KEYS.resolve("p256.crt"), "--out", folder.resolve("b"), old};
    Run stranger = resign(wrong);
    assertThat(stranger.status()).isEqualTo(1);
    assertThat(stranger.out()).contains("refused: " + form + "not signed by --signed-by: ");
    Object[] one = {"--signed-by", KEYS.resolve("p256.crt"), "--signed-by"};
    Run either = resign(Stream.concat(Stream.of(one), Stream.of(right).skip(1)).toArray());
    assertThat(either.status()).isEqualTo(5);
    byte[] bytes = Files.readAllBytes(old);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    // In the last signature: before the module's trailer, or the archive's.
    int end = kind.equals("module") ? text.indexOf("~Mod") - 12 : text.lastIndexOf("070701");
    bytes[end - 20] ^= 1;
    Files.write(old, bytes);
    Run damaged = resign("--signed-by", KEYS.resolve("rsa.crt"), "--out", folder.resolve("c"), old);
    assertThat(damaged.status()).isEqualTo(1);
    assertThat(damaged.out()).contains("not signed by --signed-by: EKEYREJECTED");
  }

  @Test
  void refusesABlobThatTheLoaderDoesNotMean() throws Exception {
    assertThat(sign("rsa", "loader", folder.resolve("old"), object()).status()).isZero();
    Path old = only(folder.resolve("old"));
    byte[] bytes = Files.readAllBytes(old);
    int data = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("GPL");
    assertThat(data).isPositive();
    bytes[data] ^= 1;
    Files.write(old, bytes);
    Run run = resign("--out", folder.resolve("again"), old);
    assertThat(run.status()).isEqualTo(3);
    assertThat(folder.resolve("again")).doesNotExist();
  }

  @Test
  void refusesOtherFiles() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "x");
    Run run = resign("--out", folder.resolve("out"), text);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("neither a signed program nor a signed module");
    assertThat(resign(text).status()).isEqualTo(2);
  }

  private static Path object() throws Exception {
    try (Stream<Path> objects = Files.walk(Lab.vectors().resolve("objects"))) {
      return objects
          .filter(file -> file.toString().endsWith(".o"))
          .sorted()
          .findFirst()
          .orElseThrow();
    }
  }

  private static Path only(Path directory) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> all = files.toList();
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }

  private static Run sign(String key, String kind, Path out, Path file) {
    return Run.of(
        "sign",
        "--as",
        kind,
        "--key",
        KEYS.resolve(key + ".key"),
        "--cert",
        KEYS.resolve(key + ".crt"),
        "--out",
        out,
        file);
  }

  private static Run resign(Object... words) {
    return Run.of(
        Stream.concat(
                Stream.of(
                    "resign",
                    "--key",
                    KEYS.resolve("other.key"),
                    "--cert",
                    KEYS.resolve("other.crt")),
                Stream.of(words))
            .toArray());
  }
}
