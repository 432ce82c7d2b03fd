// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.Launcher;
import org.bpfseal.verifier.cli.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-sign show}: explains before anybody signs. */
final class ShowCommand {
  private final Syntax syntax =
      Syntax.of("show", "Says what would be signed of BPF objects.")
          .example("bpf-sign show exec_guard.bpf.o");

  private final Given<List<Path>> files = syntax.operands("OBJ", "BPF object files").paths();

  private final LoaderOptions loader = new LoaderOptions(syntax);

  private final Given<Boolean> json = syntax.flag("--json", "print the answers as JSON");

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws CommandFailure {
    PrintWriter out = syntax.out();
    SummaryPrinter printer = json.value() ? new SummaryJson(out) : new SummaryText(out);
    loader.generations();
    ExitCode exitCode = ExitCode.OK;
    for (Path file : files.value()) {
      try {
        printer.print(file, loader.summary(file));
      } catch (CommandFailure | FormatException | IOException | RuntimeException e) {
        CommandFailure failure = InputFailure.of(file, Launcher.failureOf(e));
        exitCode = exitCode.and(failure.exitCode());
        if (failure.exitCode() == ExitCode.REFUSED) {
          printer.refused(file, Launcher.failureOf(e));
        } else {
          out.flush();
          Launcher.report(syntax.err(), "bpf-sign", failure);
        }
      }
    }
    printer.finish();
    return exitCode.status();
  }
}
