// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {
  private static final Path KEYS = Lab.repository().resolve("keys-example");

  @TempDir Path folder;
  private Path out;

  @BeforeEach
  void nameOutput() {
    out = folder.resolve("out");
  }

  @Test
  void printsManyInTheirOrder() throws Exception {
    List<Object> words = new ArrayList<>(List.of("--out", out));
    List<String> names = new ArrayList<>();
    for (int i : IntStream.range(0, 60).boxed().sorted(Collections.reverseOrder()).toList()) {
      names.add("file" + i);
      words.add(file("file" + i, "x".repeat(i * 5000)));
    }
    names.add(30, "missing");
    words.add(32, folder.resolve("missing"));
    Run run = sign(words.toArray());
    assertThat(run.status()).isEqualTo(3);
    names.remove("missing");
    assertThat(run.out().lines().map(line -> line.split(" ", 2)[0]).limit(60))
        .containsExactlyElementsOf(names);
    assertThat(run.out()).endsWith("\n60 signed, 1 failed\n");
  }

  @Test
  void takesDirectoriesPatternsAndLists() throws Exception {
    file("tree/b", "b");
    file("tree/sub/a", "a");
    file("tree/.hidden", "h");
    file("tree/c.p7s", "not again");
    assertThat(names(sign("--out", out, folder.resolve("tree")))).containsExactly("b", "a");
    file("one.txt", "1");
    file("two.txt", "2");
    assertThat(names(sign("--out", out, folder + "/*.txt"))).containsExactly("one.txt", "two.txt");
    Path list = file("list", folder + "/two.txt\n" + folder + "/one.txt\n");
    assertThat(names(sign("--out", out, "--force", "@" + list)))
        .containsExactly("two.txt", "one.txt");
    Path odd = file("odd\nname", "x");
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream((odd + "\0").getBytes(StandardCharsets.UTF_8)));
      assertThat(sign("--out", out, "-0", "-").status()).isZero();
    } finally {
      System.setIn(before);
    }
    assertThat(out.resolve("odd\nname.p7s")).exists();
  }

  @Test
  void saysWhatListsLack() throws Exception {
    assertThat(sign("--out", out, folder + "/*.none").err()).contains("no file fits this pattern");
    Files.createDirectories(folder.resolve("empty"));
    assertThat(sign("--out", out, folder.resolve("empty")).err()).contains("no file of this kind");
    assertThat(sign("--out", out, "@" + file("list", "\n\n")).status()).isEqualTo(2);
    assertThat(sign("--out", out, "@" + folder.resolve("nolist")).status()).isEqualTo(3);
  }

  @Test
  void skipsWhatIsSigned() throws Exception {
    Path one = file("one", "1");
    assertThat(sign(one).status()).isZero();
    Run run = sign("--skip-signed", one, file("two", "2"));
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("one   skipped   " + folder.resolve("one.p7s") + " is there")
        .endsWith("1 signed, 1 skipped\n");
  }

  @Test
  void signsModulesInPlace() throws Exception {
    Path module = file("probe.ko", "\u007fELF" + "x".repeat(500));
    Path copy = Files.copy(module, folder.resolve("copy.ko"));
    assertThat(module("--out", out, copy).status()).isZero();
    assertThat(module("--in-place", module).status()).isZero();
    assertThat(module).hasBinaryContent(Files.readAllBytes(out.resolve("copy.ko")));
    assertThat(module("--in-place", "--skip-signed", module).out()).contains("skipped");
    assertThat(module("--in-place", module).status()).isEqualTo(1);
    assertThat(sign("--in-place", module).status()).isEqualTo(2);
    assertThat(module("--in-place", "--out", out, module).status()).isEqualTo(2);
  }

  @Test
  void writesAStatementOfProvenance() throws Exception {
    Path statement = folder.resolve("statement.json");
    Run run = sign("--provenance", statement, file("one", "1"));
    assertThat(run.status()).isZero();
    String sha256 = run.out().lines().findFirst().orElseThrow().replaceAll(".*sha256 ", "");
    assertThat(statement)
        .content()
        .contains(
            "\"_type\": \"https://in-toto.io/Statement/v1\"",
            "\"name\": \"one.p7s\"",
            "\"sha256\": \"" + sha256 + "\"",
            "\"kind\": \"data\"",
            "\"publicKeySha256\": \"");
    Run again = sign("--provenance", statement, file("two", "2"));
    assertThat(again.status()).isEqualTo(5);
    assertThat(folder.resolve("two.p7s")).doesNotExist();
  }

  private static Run sign(Object... words) {
    return run("data", words);
  }

  private static Run module(Object... words) {
    return run("module", words);
  }

  private static Run run(String kind, Object... words) {
    List<Object> all =
        new ArrayList<>(
            List.of(
                "sign",
                "--as",
                kind,
                "--key",
                KEYS.resolve("rsa.key"),
                "--cert",
                KEYS.resolve("rsa.crt")));
    Stream.of(words).forEach(all::add);
    return Run.of(all.toArray());
  }

  private static List<String> names(Run run) {
    assertThat(run.err()).isEmpty();
    List<String> lines = run.out().lines().toList();
    return lines.subList(0, lines.size() - 1).stream().map(l -> l.split(" ", 2)[0]).toList();
  }

  private Path file(String name, String content) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
  }
}
