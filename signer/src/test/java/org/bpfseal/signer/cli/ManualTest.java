// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Launcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class ManualTest {
  private static final int SCREEN = 50;

  @TempDir Path folder;

  @Test
  void writesPagesThatSayEverything() throws Exception {
    assertThat(Run.of("manual", "--out", folder).status()).isZero();
    Path sign = folder.resolve("man1/bpf-sign-sign.1");
    assertThat(folder.resolve("man1/bpf-sign-key-wrap.1")).exists();
    assertThat(sign)
        .content()
        .startsWith(".TH \"BPF-SIGN-SIGN\" 1\n.SH NAME\nbpf\\-sign\\-sign \\- signs ")
        .contains(
            "\\fB\\-\\-key\\-password\\fR \\fISOURCE\\fR\n", ".SH EXAMPLE\n.nf\nbpf\\-sign sign");
    for (ExitCode code : ExitCode.values()) {
      assertThat(sign).content().contains("\\fB" + code.status() + "\\fR\n");
    }
  }

  @Test
  void writesACompletionThatBashTakes() throws Exception {
    assertThat(Run.of("manual", "--out", folder).status()).isZero();
    Path script = folder.resolve("bash-completion/bpf-sign");
    Process process =
        new ProcessBuilder("bash", "-n", script.toString()).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String messages = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(messages).isZero();
    assertThat(Files.readString(script)).contains("--key-password");
  }

  static Stream<CommandLine> commands() {
    return below(Launcher.commandLine(BpfSign.spec()));
  }

  private static Stream<CommandLine> below(CommandLine line) {
    return Stream.concat(
        Stream.of(line), line.getSubcommands().values().stream().flatMap(ManualTest::below));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpFitsOneScreenAndEndsWithAnExample(CommandLine line) {
    if (line.getCommandSpec().usageMessage().hidden()) {
      return;
    }
    List<String> lines = line.getUsageMessage().lines().toList();
    assertThat(lines).hasSizeLessThan(SCREEN);
    assertThat(String.join("\n", lines))
        .contains("\nExample: " + line.getCommandSpec().root().name());
  }

  @Test
  void saysWhatItKnows() {
    Run run = Run.of("version");
    assertThat(run.status()).isZero();
    assertThat(run.out())
        .startsWith("bpf-sign 0.1.0")
        .contains("loader forms   7.3 and later, 6.18", "digests        sha256, sha384, sha512");
  }
}
