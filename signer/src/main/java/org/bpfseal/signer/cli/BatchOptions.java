// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.ProgressLine;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The inputs, and where their results go. */
final class BatchOptions {
  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "files, directories, 'patterns*', @LIST (one name a line), - (a list on stdin)")
  List<String> words;

  @Option(names = "-0", description = "names in lists end with NUL")
  boolean zero;

  @Option(names = "--out", paramLabel = "DIR", description = "default: beside the input")
  @Nullable Path directory;

  @Option(names = "--in-place", description = "module, resign: replace the input itself")
  boolean inPlace;

  @Option(names = "--force", description = "replace what exists")
  boolean force;

  @Option(names = "--skip-signed", description = "pass over inputs that have their result")
  boolean skipSigned;

  @Option(names = "--json", description = "print the outcomes as JSON")
  boolean json;

  /** One task a file; refuses those that would overwrite each other. */
  List<SignTask> tasks(KindOptions kind) throws IOException, CommandFailure {
    if (inPlace && kind.kind != SignKind.MODULE) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--in-place is for modules: other kinds have a file of their own for the signature");
    }
    return tasks(kind.kind::isUsual, file -> kind.task(file, directory));
  }

  /** How an input's task is made. */
  interface Planner {
    SignTask task(Path file) throws CommandFailure;
  }

  /** The same for any kind of input. */
  List<SignTask> tasks(Predicate<Path> usual, Planner planner) throws IOException, CommandFailure {
    if (inPlace && directory != null) {
      throw new CommandFailure(ExitCode.USAGE, "--in-place and --out at once");
    }
    List<SignTask> tasks = new ArrayList<>();
    for (Path file : new InputList(System.in, zero, usual).of(words)) {
      SignTask task = planner.task(file);
      tasks.add(inPlace ? new SignTask(file, task.name(), file) : task);
    }
    SignTask.check(tasks, inPlace);
    return tasks;
  }

  ExitCode run(List<SignTask> tasks, Maker maker, CommandLine command) {
    return run(tasks, maker, write(), command);
  }

  ExitCode run(List<SignTask> tasks, Maker maker, Delivery delivery, CommandLine command) {
    return SignBatch.exitCode(outcomes(tasks, maker, delivery, command));
  }

  List<Outcome> outcomes(
      List<SignTask> tasks, Maker maker, Delivery delivery, CommandLine command) {
    PrintWriter out = command.getOut();
    OutcomePrinter printer =
        json ? new OutcomeJson(out) : new OutcomeTable(out, command.getErr(), tasks);
    ProgressLine progress = ProgressLine.on(command.getErr(), "files");
    return new SignBatch(maker, delivery, printer, progress).run(tasks);
  }

  Delivery write() {
    return new Delivery.Write(force || inPlace, skipSigned);
  }
}
