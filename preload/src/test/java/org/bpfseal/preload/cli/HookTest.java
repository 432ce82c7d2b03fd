// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bpfseal.preload.integration.BootTool;
import org.bpfseal.testing.HostCommand;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hooks are run, with small stand-ins for what their tools give them. */
class HookTest {
  /** The tools' functions, and libarchive's tar by cpio. */
  private static final String STAND_INS =
      """
      set -e
      dfatal() { echo "$@" >&2; }
      error() { printf "$@" >&2; echo >&2; }
      bsdtar() {
        if [ "$2" = -O ]; then cpio --quiet --extract --to-stdout "$5" <"$4"
        else cpio --quiet --extract --make-directories --directory="$5" <"$3"; fi
      }
      """;

  @TempDir static Path folder;
  private static Path image = Path.of("");

  @BeforeAll
  static void build() {
    image = BuiltImage.guarded(folder);
  }

  /** The hook's answer; the image's version is 7. */
  private static HostCommand run(BootTool tool, String call, Path root) throws IOException {
    Path floor = folder.resolve("var/lib/bpfseal/floor");
    String hook =
        new String(tool.files().getFirst().content().toArray(), StandardCharsets.UTF_8)
            .replace(BootTool.IMAGE, image.toString())
            .replace("/var/lib/bpfseal/floor", floor.toString());
    Path script = Files.writeString(folder.resolve("hook"), hook);
    Files.createDirectories(root);
    return HostCommand.run(
        Map.of(
            "DESTDIR", root.toString(), "initdir", root.toString(), "BUILDROOT", root.toString()),
        "bash",
        "-c",
        STAND_INS + ". " + script + "\n" + call);
  }

  @ParameterizedTest
  @CsvSource({"INITRAMFS_TOOLS, ''", "DRACUT, install", "MKINITCPIO, build"})
  void putsTheImageInUnlessANewerOneWasBooted(BootTool tool, String call) throws IOException {
    Path floor = folder.resolve("var/lib/bpfseal/floor");
    Files.createDirectories(floor.getParent());
    Files.deleteIfExists(floor);
    for (String seen : new String[] {"", "6\n", "7\n"}) {
      if (!seen.isEmpty()) {
        Files.writeString(floor, seen);
      }
      Path root = folder.resolve(tool + seen.strip());
      HostCommand answer = run(tool, call, root);
      assertThat(answer.exitCode()).as(answer.text()).isZero();
      assertThat(root.resolve("etc/bpfseal/manifest")).isRegularFile();
      assertThat(root.resolve("usr/lib/bpfseal/init")).isExecutable();
    }
    Files.writeString(floor, "8\n");
    Path root = folder.resolve(tool + "-older");
    HostCommand refused = run(tool, call, root);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.text()).contains("has version 7, and 8 was booted before");
    assertThat(root).isEmptyDirectory();
  }
}
