// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.bpfseal.verifier.KernelMirror;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.judge.CorpusJudge;
import picocli.CommandLine.Model.CommandSpec;

/** Prints the kernel's answers to the cases of a corpus. */
final class JudgeCommand {
  private static final int CORPUS_LIMIT = 1 << 30;

  private final Syntax syntax =
      Syntax.of(
              "judge",
              "Prints what a kernel answers to each case of a corpus: id, load, certificates.")
          .example("bpf-verify judge --kernel 7.3 --crypto-modules sha3 corpus");

  private final Given<Path> corpus =
      syntax.operand("CORPUS", "File of cases, \"SIGLAB1\" format.").path();

  private final KernelOptions kernel = new KernelOptions(syntax);

  private final KeyringOptions keyrings = new KeyringOptions(syntax);

  private final Given<Integer> threads =
      syntax
          .option("--threads", "N", "Threads that judge; by default one a CPU.")
          .number(Runtime.getRuntime().availableProcessors());

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws IOException, FormatException, CommandFailure {
    if (threads.value() < 1) {
      throw new CommandFailure(
          ExitCode.USAGE, "--threads: expected at least 1, found " + threads.value());
    }
    if (keyrings.named().isPresent()) {
      throw new CommandFailure(
          ExitCode.USAGE, "--keyring: each case names its own", "--keyring NAME=PATH fills one");
    }
    KernelMirror mirror =
        KernelMirror.of(KernelKeys.fill(kernel.single(), keyrings.certificates()));
    Bytes cases = InputFile.read(corpus.value(), CORPUS_LIMIT);
    PrintWriter out = new PrintWriter(new BufferedWriter(syntax.out()));
    try (ProgressLine progress = ProgressLine.on(syntax.err(), "cases")) {
      CorpusJudge.run(mirror, cases, out, threads.value(), progress::show);
    } finally {
      out.flush();
    }
    return ExitCode.OK.status();
  }
}
