// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bpfseal.testing.HostCommand;
import org.bpfseal.testing.Lab;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive and the Debian package of the built distribution. */
@Tag("distribution")
class PackageTest {
  private static final Map<String, String> TIME = Map.of("SOURCE_DATE_EPOCH", "1767225600");

  @TempDir Path folder;

  private List<Path> packed(String name) throws IOException {
    Path out = folder.resolve(name);
    HostCommand answer = HostCommand.run(TIME, Lab.repository().resolve("preload/package.sh"), out);
    assertThat(answer.exitCode()).as(answer.text()).isZero();
    try (Stream<Path> files = Files.list(out)) {
      return files.sorted().toList();
    }
  }

  private static void assertRuns(Path command) {
    HostCommand answer = HostCommand.run(Map.of(), command, "--version");
    assertThat(answer.text()).isEqualTo(command.getFileName() + " 0.1.0\n");
  }

  @Test
  void areTheSameTwiceAndRunWhereTheyAreUnpacked() throws IOException {
    List<Path> packages = packed("once");
    assertThat(packages)
        .extracting(file -> file.getFileName().toString())
        .containsExactly("bpfseal-0.1.0.tar.gz", "bpfseal_0.1.0_amd64.deb");
    List<Path> again = packed("again");
    for (int i = 0; i < packages.size(); i++) {
      assertThat(packages.get(i)).hasSameBinaryContentAs(again.get(i));
    }

    HostCommand.outputOf("tar", "-C", folder, "-xzf", packages.get(0));
    Path archive = folder.resolve("bpfseal-0.1.0");
    assertRuns(archive.resolve("bin/bpf-sign"));
    assertThat(archive.resolve("share/man1/bpf-sign-sign.1")).isRegularFile();

    Path root = folder.resolve("root");
    HostCommand.outputOf("dpkg-deb", "-x", packages.get(1), root);
    assertRuns(root.resolve("usr/bin/bpf-verify"));
    assertThat(root.resolve("usr/share/man/man1/bpf-preload-build.1.gz")).isRegularFile();
    assertThat(root.resolve("usr/share/bash-completion/completions/bpf-sign")).isRegularFile();
  }

  @Test
  void startUpCachesAreMadeByTheMachineThatUsesThem() throws IOException {
    Path installed = folder.resolve("installed");
    HostCommand.outputOf("cp", "-r", Lab.repository().resolve("preload/target/bpfseal"), installed);
    HostCommand.outputOf("sh", "-c", "rm " + installed + "/lib/*/cache.aot");
    HostCommand trained = HostCommand.run(Map.of(), installed.resolve("lib/train.sh"));
    assertThat(trained.text()).isEmpty();
    assertThat(trained.exitCode()).isZero();
    for (String module : List.of("verifier", "signer", "preload")) {
      assertThat(installed.resolve("lib").resolve(module).resolve("cache.aot")).isRegularFile();
    }
    HostCommand answer =
        HostCommand.run(
            Map.of("JAVA_TOOL_OPTIONS", "-XX:AOTMode=on"),
            installed.resolve("bin/bpf-verify"),
            "--version");
    assertThat(answer.exitCode()).as(answer.text()).isZero();
  }
}
