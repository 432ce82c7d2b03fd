// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a process of its own can't read, can't write or is ended: what it says and leaves. */
class BadPlaceTest {
  private static final Path KEYS = Lab.repository().resolve("keys-example");

  /** Also root has no more rights to files than the file's mode gives. */
  private static final List<String> WITHOUT_RIGHTS =
      "root".equals(System.getProperty("user.name"))
          ? List.of("setpriv", "--bounding-set", "-all", "--inh-caps", "-all")
          : List.of();

  @TempDir Path folder;

  private static List<String> sign(Object... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                BpfSign.class.getName(),
                "sign",
                "--as",
                "data",
                "--key",
                KEYS.resolve("rsa.key").toString(),
                "--cert",
                KEYS.resolve("rsa.crt").toString()));
    for (Object word : words) {
      command.add(word.toString());
    }
    return command;
  }

  private static Run run(List<String> before, List<String> command) throws Exception {
    List<String> words = new ArrayList<>(before);
    words.addAll(command);
    Process process = new ProcessBuilder(words).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), out, err);
  }

  private static void assertRefused(Run run, String message) {
    assertThat(run.err()).isEqualTo("bpf-sign: error: " + message + "\n");
    assertThat(run.status()).isEqualTo(3);
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private Path file(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "content");
  }

  private Path closed(String name, boolean readable) throws IOException {
    Path directory = Files.createDirectories(folder.resolve(name));
    directory.toFile().setWritable(false, false);
    directory.toFile().setReadable(readable, false);
    directory.toFile().setExecutable(readable, false);
    return directory;
  }

  /** A user namespace only for those who need one: it can't be made within a chroot. */
  private static String space() {
    return System.getProperty("user.name").equals("root") ? "-m" : "-rm";
  }

  @Test
  void aFullDisk() throws Exception {
    Path disk = Files.createDirectory(folder.resolve("disk"));
    Path out = disk.resolve("a.p7s");
    // A file system of one page, in a mount namespace, so that its end is the process's.
    String script =
        "mount -t tmpfs -o size=4k x %1$s && head -c 4096 /dev/zero >%1$s/fill && \"$@\"; s=$?; ls %1$s"
            .formatted(disk);
    List<String> shell = List.of("unshare", space(), "sh", "-c", script + "; exit $s", "sh");
    Run run = run(shell, sign("--out", disk, file("a")));
    assertRefused(run, out + ": can't be written: No space left on device");
    assertThat(run.out()).isEqualTo("1 failed\nfill\n");
  }

  @Test
  void aDirectoryThatCantBeRead() throws Exception {
    file("dark/a");
    Path dark = closed("dark", false);
    assertRefused(run(WITHOUT_RIGHTS, sign(dark)), dark + ": permission denied");
    Path inside = dark.resolve("a");
    assertRefused(run(WITHOUT_RIGHTS, sign(inside)), inside + ": permission denied");
    closed("dark", true);
    assertThat(names(dark)).containsExactly("a");
  }

  @Test
  void aDirectoryThatCantBeWritten() throws Exception {
    Path out = closed("out", true);
    assertRefused(
        run(WITHOUT_RIGHTS, sign("--out", out, file("a"))),
        out.resolve("a.p7s") + ": can't be written: permission denied");
    assertRefused(
        run(WITHOUT_RIGHTS, sign("--out", out.resolve("new"), file("a"))),
        out.resolve("new/a.p7s") + ": can't be written: permission denied");
    assertThat(names(out)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM", "HUP"})
  void aSignalInTheMiddleLeavesNoPart(String signal) throws Exception {
    for (int i = 0; i < 3000; i++) {
      file("x/" + i);
    }
    Path out = folder.resolve("out");
    // A shell in the background, as a CI runner's may be, has its children ignore SIGINT.
    List<String> words = new ArrayList<>(List.of("env", "--default-signal"));
    words.addAll(sign("--out", out, folder.resolve("x")));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    // The first file's line says that it is in the middle; Java may say something before.
    BufferedReader lines = process.inputReader();
    while (!lines.readLine().contains("   signed   ")) {
      assertThat(process.isAlive()).isTrue();
    }
    assertThat(run(List.of(), List.of("kill", "-" + signal, Long.toString(process.pid()))).status())
        .isZero();
    process.getInputStream().transferTo(OutputStream.nullOutputStream());
    assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isGreaterThan(128);
    assertThat(names(out))
        .isNotEmpty()
        .hasSizeLessThan(3000)
        .allMatch(name -> name.endsWith(".p7s"));
  }
}
