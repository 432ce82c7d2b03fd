// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of the built distribution, started in odd places. */
@Tag("distribution")
class LauncherTest {
  private static final Path DISTRIBUTION = Lab.repository().resolve("preload/target/bpfseal");
  private static final String USED_CACHE_ONLY = "-XX:AOTMode=on";

  @TempDir Path folder;

  private static Path command(String name) {
    return DISTRIBUTION.resolve("bin").resolve(name);
  }

  private Path copy(String name) throws IOException {
    Path target = folder.resolve(name);
    Files.createDirectories(target);
    HostCommand.outputOf("cp", "-r", DISTRIBUTION + "/.", target);
    return target;
  }

  private static void assertVersion(HostCommand answer, String command) {
    assertThat(answer.text()).isEqualTo(command + " 0.1.0\n");
    assertThat(answer.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bpf-sign", "bpf-verify", "bpf-preload"})
  void startsWithoutAWordOnStandardError(String name) {
    assertVersion(HostCommand.run(Map.of(), command(name), "--version"), name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bpf-sign", "bpf-verify", "bpf-preload"})
  void usesItsCache(String name) {
    HostCommand answer =
        HostCommand.run(Map.of("JAVA_TOOL_OPTIONS", USED_CACHE_ONLY), command(name), "--version");

    assertThat(answer.text()).endsWith(name + " 0.1.0\n");
    assertThat(answer.exitCode()).isZero();
  }

  @Test
  void aCacheThatDoesNotFitCostsNothingButTime() throws IOException {
    Path odd = copy("odd");
    Path sign = odd.resolve("bin/bpf-sign");
    Path cache = odd.resolve("lib/signer/cache.aot");

    Files.copy(odd.resolve("lib/preload/cache.aot"), cache, StandardCopyOption.REPLACE_EXISTING);
    assertVersion(HostCommand.run(Map.of(), sign, "--version"), "bpf-sign");
    Files.writeString(cache, "no cache");
    assertThat(
            HostCommand.run(Map.of("JAVA_TOOL_OPTIONS", USED_CACHE_ONLY), sign, "--version")
                .exitCode())
        .isNotZero();
    assertVersion(HostCommand.run(Map.of(), sign, "--version"), "bpf-sign");
    Files.delete(cache);
    assertVersion(HostCommand.run(Map.of(), sign, "--version"), "bpf-sign");
  }

  @Test
  void aCacheMovesWithItsDistribution() throws IOException {
    Path moved = copy("moved").resolve("bin/bpf-sign");

    assertThat(
            HostCommand.run(Map.of("JAVA_TOOL_OPTIONS", USED_CACHE_ONLY), moved, "--version")
                .exitCode())
        .isZero();
  }

  @Test
  void isFoundThroughLinksAndByEverySpelling() throws IOException {
    Path installed = copy("opt/bpfseal");
    Path link =
        Files.createSymbolicLink(folder.resolve("any name"), installed.resolve("bin/bpf-sign"));
    Files.createSymbolicLink(folder.resolve("second"), Path.of("any name"));
    Path bin = Files.createSymbolicLink(folder.resolve("tools"), installed.resolve("bin"));
    List<String> scripts =
        List.of(
            "'" + link + "' --version",
            "cd '" + folder + "' && ./second --version",
            "cd '" + folder + "' && tools/bpf-sign --version",
            "cd '" + bin + "' && sh bpf-sign --version",
            "cd '" + bin + "' && ../bin/bpf-sign --version",
            "PATH='" + bin + "':$PATH; cd / && bpf-sign --version");
    for (String script : scripts) {
      assertVersion(HostCommand.run(Map.of(), "sh", "-c", script), "bpf-sign");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", "C.UTF-8", "xx_YY.nothing"})
  void takesAnyNameInAnyLocale(String locale) throws IOException {
    Path odd = copy("a b' ü\"$x").resolve("bin/bpf-sign");
    // The names are made by the shell: this JVM may be in a locale that has no ü.
    Path keys = Lab.repository().resolve("keys-example");
    HostCommand answer =
        HostCommand.run(
            Map.of(
                "LC_ALL",
                locale,
                "KEYS",
                keys.toString(),
                "TOOL",
                odd.toString(),
                "IN",
                folder.toString()),
            "sh",
            "-c",
            """
            cd "$IN" && for name in 'x  y' '*' "it's" 'prüfung' '-minus'; do echo content >"./$name"; done
            "$TOOL" sign --as data --key "$KEYS/rsa.key" --cert "$KEYS/rsa.crt" 'x  y' '*' "it's" prüfung ./-minus
            ls ./*.p7s | wc -l
            """);

    assertThat(answer.text().strip().lines().toList().reversed())
        .startsWith("5", "5 signed")
        .hasSize(7);
  }

  @Test
  void passesOverAnOlderJava() throws IOException {
    Path old = folder.resolve("old");
    Files.createDirectories(old.resolve("bin"));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
    Path java = Files.writeString(old.resolve("bin/java"), "#!/bin/sh\necho older\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path running = Path.of(System.getProperty("java.home"));
    Path launcher = copy("elsewhere").resolve("lib/launch.sh");
    Path sign = folder.resolve("elsewhere/bin/bpf-sign");
    searchOnly(launcher, running.resolveSibling("."));

    String path = old.resolve("bin") + ":" + System.getenv("PATH");
    assertVersion(
        HostCommand.run(Map.of("JAVA_HOME", old.toString(), "PATH", path), sign, "--version"),
        "bpf-sign");
    assertVersion(
        HostCommand.run(Map.of("JAVA_HOME", running.toString(), "PATH", path), sign, "--version"),
        "bpf-sign");

    searchOnly(launcher, folder);
    HostCommand answer =
        HostCommand.run(Map.of("JAVA_HOME", old.toString(), "PATH", path), sign, "--version");
    assertThat(answer.text())
        .startsWith("bpf-sign: error: no Java 25")
        .contains("bpf-sign: hint: on Debian 13: apt-get install openjdk-25-jre-headless");
    assertThat(answer.exitCode()).isEqualTo(127);
  }

  /** What users add comes last, and never to the verifier. */
  @Test
  void onlyTheSignerTakesOptionalLibraries() throws IOException {
    Path bin = copy("elsewhere").resolve("bin");
    Path fake = folder.resolve("fake");
    Files.createDirectories(fake.resolve("bin"));
    Files.writeString(fake.resolve("release"), "JAVA_VERSION=\"25.0.1\"\n");
    Path java = Files.writeString(fake.resolve("bin/java"), "#!/bin/sh\necho \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path optional = Files.createDirectories(folder.resolve("elsewhere/lib/optional"));
    Files.writeString(optional.resolve("a.jar"), "");
    Map<String, String> environment =
        Map.of("JAVA_HOME", fake.toString(), "BPFSEAL_CLASSPATH", "/x/b.jar:/x/c.jar");

    assertThat(HostCommand.run(environment, bin.resolve("bpf-sign"), "version").text())
        .containsPattern(
            "\\.jar:[^ ]*/lib/optional/a\\.jar:/x/b\\.jar:/x/c\\.jar (-XX:[^ ]* )*org\\.");
    assertThat(HostCommand.run(environment, bin.resolve("bpf-verify"), "--version").text())
        .contains("verifier")
        .doesNotContain("optional", "/x/b.jar");
  }

  /** Changes where the launcher looks last. */
  private static void searchOnly(Path launcher, Path place) throws IOException {
    String text = Files.readString(launcher);
    assertThat(text).containsPattern("for java_home in [^;*]*/\\*; do");
    Files.writeString(
        launcher,
        text.replaceFirst(
            "for java_home in [^;*]*/\\*; do", "for java_home in " + place + "/*; do"));
  }

  @Test
  void theVerifiersClassPathHasNothingThatSigns() throws IOException {
    try (Stream<Path> jars = Files.list(DISTRIBUTION.resolve("lib/verifier"))) {
      assertThat(jars.map(jar -> String.valueOf(jar.getFileName())))
          .anyMatch(name -> name.startsWith("verifier-"))
          .noneMatch(name -> name.matches("(signer|preload|bcpkix|bcutil|junit|jazzer).*"));
    }
  }
}
