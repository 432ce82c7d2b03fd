// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Launcher;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpf-sign show}: explains before anybody signs. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    description = "Says what would be signed of BPF objects.",
    footer = {"", "Example: bpf-sign show exec_guard.bpf.o"})
final class ShowCommand implements Callable<Integer> {
  @Parameters(paramLabel = "OBJ", arity = "1..*", description = "BPF object files")
  List<Path> files;

  @Mixin LoaderOptions loader;

  @Option(names = "--json", description = "print the answers as JSON")
  boolean json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    SummaryPrinter printer = json ? new SummaryJson(out) : new SummaryText(out);
    loader.generations();
    ExitCode exitCode = ExitCode.OK;
    for (Path file : files) {
      try {
        printer.print(file, loader.summary(file));
      } catch (CommandFailure | FormatException | IOException | RuntimeException e) {
        CommandFailure failure = InputFailure.of(file, Launcher.failureOf(e));
        exitCode = exitCode.and(failure.exitCode());
        if (failure.exitCode() == ExitCode.REFUSED) {
          printer.refused(file, Launcher.failureOf(e));
        } else {
          out.flush();
          Launcher.report(spec.commandLine().getErr(), "bpf-sign", failure);
        }
      }
    }
    printer.finish();
    return exitCode.status();
  }
}
