// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README has for CI systems is run, as far as it is a shell's or make's. */
@Tag("distribution")
class ReadmeSnippetsTest {
  private static final String PASSWORD = "a word of the test";
  private static final List<String> OBJECTS = List.of("tracepoints", "lsm-observers");

  @TempDir Path folder;

  @BeforeEach
  void writeProject() throws IOException {
    Path build = Files.createDirectory(folder.resolve("build"));
    for (String name : OBJECTS) {
      String file = name + ".bpf.o";
      Files.copy(Lab.vectors().resolve("objects/clang-19").resolve(file), build.resolve(file));
    }
    Path keys = Lab.repository().resolve("keys-example");
    Files.copy(keys.resolve("rsa.crt"), folder.resolve("release.crt"));
    HostCommand.outputOf(
        "openssl",
        "pkcs8",
        "-topk8",
        "-in",
        keys.resolve("rsa.key"),
        "-passout",
        "pass:" + PASSWORD,
        "-out",
        folder.resolve("release.key"));
  }

  /** The fenced code behind these first words. */
  private static String snippet(String begin) throws IOException {
    String readme = Files.readString(Lab.repository().resolve("README.md"));
    int start = readme.indexOf("\n", readme.indexOf("\n```", readme.indexOf("\n" + begin)) + 1) + 1;
    return readme.substring(start, readme.indexOf("\n```", start) + 1);
  }

  private String run(Map<String, String> variables, String script) {
    Map<String, String> environment = new HashMap<>(variables);
    Path commands = Lab.repository().resolve("preload/target/bpfseal/bin");
    environment.put("PATH", commands + ":" + System.getenv("PATH"));
    environment.put("RELEASE_PASSWORD", PASSWORD);
    HostCommand answer =
        HostCommand.run(environment, "bash", "-ec", "cd '" + folder + "'\n" + script);
    assertThat(answer.exitCode()).as(answer.text()).isZero();
    return answer.text();
  }

  private void assertSigned(String said) {
    for (String name : OBJECTS) {
      assertThat(folder.resolve("signed").resolve(name + ".bpfs")).isRegularFile();
      assertThat(said).containsPattern(name + "[^\n]*accepted");
    }
  }

  @Test
  void gitHubActions() throws IOException {
    String step = snippet("GitHub Actions");
    String script = step.substring(step.indexOf("run: |\n") + 7).replaceAll("(?m)^ {4}", "");
    String key = Files.readString(folder.resolve("release.key"));
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    assertSigned(run(Map.of("RELEASE_KEY", key, "RUNNER_TEMP", temporary.toString()), script));
    assertThat(folder.resolve("provenance.json")).content().contains("tracepoints.bpfs");
  }

  @Test
  void gitLab() throws IOException {
    String script =
        snippet("GitLab")
            .lines()
            .filter(line -> line.startsWith("    - "))
            .map(line -> line.substring(6))
            .collect(Collectors.joining("\n"));
    assertSigned(run(Map.of("RELEASE_KEY", folder.resolve("release.key").toString()), script));
  }

  @Test
  void make() throws IOException {
    Files.writeString(folder.resolve("Makefile"), snippet("Make"));
    String targets =
        OBJECTS.stream().map(it -> "signed/" + it + ".bpfs").collect(Collectors.joining(" "));
    run(Map.of(), "make " + targets);
    assertThat(run(Map.of(), "make " + targets)).contains("is up to date");
    assertSigned(
        run(
            Map.of(),
            "make check; bpf-verify verify --cert release.crt --kernel 7.3 signed/*.bpfs"));
  }
}
