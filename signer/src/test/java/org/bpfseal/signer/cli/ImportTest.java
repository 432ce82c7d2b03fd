// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers that bpftool itself wrote, and the same header damaged. */
@Tag("lab")
class ImportTest {
  private static final Path KEYS = Lab.repository().resolve("keys-example");

  @TempDir Path folder;

  @Test
  void givesTheBytesThatSignGives() throws Exception {
    List<Path> objects;
    try (Stream<Path> files = Files.list(Lab.vectors().resolve("objects/clang-19"))) {
      objects = files.filter(file -> file.toString().endsWith(".bpf.o")).sorted().toList();
    }
    int equal = 0;
    for (Path object : objects) {
      String name = object.getFileName().toString().replace(".bpf.o", "_bpf").replace('-', '_');
      Path header = folder.resolve(name + ".lskel.h");
      Run sign =
          Run.of(
              "sign",
              "--for",
              "7.3",
              "--name",
              name,
              "--key",
              KEYS.resolve("rsa.key"),
              "--cert",
              KEYS.resolve("rsa.crt"),
              "--out",
              folder.resolve("ours").resolve(name),
              object);
      if (sign.status() != 0 || !bpftool(object, header, true)) {
        continue;
      }
      Run run = Run.of("import", "--out", folder.resolve("theirs"), header);
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).startsWith(name + "   7.3 form D ok");
      assertThat(folder.resolve("theirs").resolve(name + ".bpfs"))
          .hasSameBinaryContentAs(only(folder.resolve("ours").resolve(name)));
      equal++;
    }
    assertThat(equal).isGreaterThan(5);
  }

  @Test
  void refusesWhatIsNotSigned() throws Exception {
    Path header = folder.resolve("plain.lskel.h");
    assertThat(bpftool(object(), header, false)).isTrue();
    Run run = Run.of("import", header);
    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("the light skeleton isn't signed");
    assertThat(folder.resolve("plain.bpfs")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "struct bpf_loader_ctx ctx;      | int x;                        | expected a structure",
        "static const char opts_data[]   | static const char other[]     | opts_data at byte 0",
        "static const char opts_sig[]    | static const char opts_data[] | found a second",
        "static const char opts_sig[]    | static const char other[]     | together, found one",
        "opts_insn[] __attribute__((__aligned__(8))) = \"\\ | opts_insn[] = \"\\x00\\ | whole instructions",
        "opts_excl_hash[] __attribute__((__aligned__(8))) = \"\\ | opts_excl_hash[] = \"\\x00\\ | SHA-256",
        "opts_data[] __attribute__((__aligned__(8))) = \"\\ | opts_data[] = \"z\\ | expected a backslash",
        "opts_data[] __attribute__((__aligned__(8))) = \"\\ | opts_data[] = \"\\q\\ | expected \\0, \\xNN",
        "opts_data[] __attribute__((__aligned__(8))) = \"\\ | opts_data[] = \"\\xg0\\ | two hex digits",
        "opts_data[] __attribute__((__aligned__(8))) = \"\\ | opts_data[] = \"\\x01\\ | blob",
        "opts_excl_hash[] __attribute__((__aligned__(8))) = \"\\ | opts_excl_hash[] = 1;#\\ | expected a string in this line",
      })
  void saysWhereAHeaderIsDamaged(String good, String bad, String message) throws Exception {
    Path header = folder.resolve("damaged.lskel.h");
    assertThat(bpftool(object(), header, true)).isTrue();
    String text = Files.readString(header);
    assertThat(text).contains(good.strip());
    Files.writeString(header, text.replace(good.strip(), bad.strip().replace("#", "")));
    Run run = Run.of("import", header);
    assertThat(run.status()).isEqualTo(3);
    assertThat(run.err()).contains(message.strip(), " at byte ");
    assertThat(folder.resolve("damaged.bpfs")).doesNotExist();
  }

  private static Path object() {
    return Lab.vectors().resolve("objects/clang-19/callbacks.bpf.o");
  }

  /** False if bpftool can't make a skeleton of the object either. */
  private static boolean bpftool(Path object, Path header, boolean signed) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(Lab.bpftool().toString(), "gen", "skeleton", "-L"));
    if (signed) {
      command.addAll(
          List.of(
              "-S",
              "-k",
              KEYS.resolve("rsa.key").toString(),
              "-i",
              KEYS.resolve("rsa.crt").toString()));
    }
    command.add(object.toString());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(header.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    return process.waitFor() == 0;
  }

  private static Path only(Path directory) throws Exception {
    try (Stream<Path> files = Files.list(directory)) {
      return files.findFirst().orElseThrow();
    }
  }
}
