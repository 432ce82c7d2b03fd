// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.judge.CorpusJudge;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the kernel's answers to the cases of a corpus. */
@Command(
    name = "judge",
    mixinStandardHelpOptions = true,
    description = "Prints what a kernel answers to each case of a corpus: id, load, certificates.",
    footer = {"", "Example: bpf-verify judge --kernel 7.3 --crypto-modules sha3 corpus"})
final class JudgeCommand implements Callable<Integer> {
  private static final int CORPUS_LIMIT = 1 << 30;

  @Parameters(paramLabel = "CORPUS", description = "File of cases, \"SIGLAB1\" format.")
  Path corpus;

  @Mixin KernelOptions kernel;

  @Mixin KeyringOptions keyrings;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that judge; by default one a CPU.")
  int threads = Runtime.getRuntime().availableProcessors();

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException, FormatException, CommandFailure {
    if (threads < 1) {
      throw new CommandFailure(ExitCode.USAGE, "--threads: expected at least 1, found " + threads);
    }
    if (keyrings.named().isPresent()) {
      throw new CommandFailure(
          ExitCode.USAGE, "--keyring: each case names its own", "--keyring NAME=PATH fills one");
    }
    KernelMirror mirror =
        KernelMirror.of(KernelKeys.fill(kernel.single(), keyrings.certificates()));
    Bytes cases = InputFile.read(corpus, CORPUS_LIMIT);
    PrintWriter out = new PrintWriter(new BufferedWriter(spec.commandLine().getOut()));
    try (ProgressLine progress = ProgressLine.on(spec.commandLine().getErr(), "cases")) {
      CorpusJudge.run(mirror, cases, out, threads, progress::show);
    } finally {
      out.flush();
    }
    return ExitCode.OK.status();
  }
}
