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
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.ProgressLine;
import org.bpfseal.verifier.cli.Syntax;

/** The inputs, and where their results go. */
final class BatchOptions {
  private final Syntax syntax;
  private final Given<List<String>> words;
  private final Given<Boolean> zero;
  final Given<Path> directory;
  final Given<Boolean> inPlace;
  final Given<Boolean> force;
  private final Given<Boolean> skipSigned;
  private final Given<Boolean> json;

  BatchOptions(Syntax syntax) {
    this.syntax = syntax;
    words =
        syntax
            .operands(
                "FILE",
                "files, directories, 'patterns*', @LIST (one name a line), - (a list on stdin)")
            .texts();
    zero = syntax.flag("-0", "names in lists end with NUL");
    directory = syntax.option("--out", "DIR", "default: beside the input").path();
    inPlace = syntax.flag("--in-place", "module, resign: replace the input itself");
    force = syntax.flag("--force", "replace what exists");
    skipSigned = syntax.flag("--skip-signed", "pass over inputs that have their result");
    json = syntax.flag("--json", "print the outcomes as JSON");
  }

  /** One task a file; refuses those that would overwrite each other. */
  List<SignTask> tasks(KindOptions kind) throws IOException, CommandFailure {
    if (inPlace.value() && kind.kind.value() != SignKind.MODULE) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--in-place is for modules: other kinds have a file of their own for the signature");
    }
    return tasks(kind.kind.value()::isUsual, file -> kind.task(file, directory.optional()));
  }

  /** How an input's task is made. */
  interface Planner {
    SignTask task(Path file) throws CommandFailure;
  }

  /** The same for any kind of input. */
  List<SignTask> tasks(Predicate<Path> usual, Planner planner) throws IOException, CommandFailure {
    if (inPlace.value() && directory.isGiven()) {
      throw new CommandFailure(ExitCode.USAGE, "--in-place and --out at once");
    }
    List<SignTask> tasks = new ArrayList<>();
    for (Path file : new InputList(System.in, zero.value(), usual).of(words.value())) {
      SignTask task = planner.task(file);
      tasks.add(inPlace.value() ? new SignTask(file, task.name(), file) : task);
    }
    SignTask.check(tasks, inPlace.value());
    return tasks;
  }

  ExitCode run(List<SignTask> tasks, Maker maker) throws IOException {
    return run(tasks, maker, write());
  }

  ExitCode run(List<SignTask> tasks, Maker maker, Delivery delivery) throws IOException {
    return SignBatch.exitCode(outcomes(tasks, maker, delivery));
  }

  List<Outcome> outcomes(List<SignTask> tasks, Maker maker, Delivery delivery) throws IOException {
    PrintWriter out = syntax.out();
    OutcomePrinter printer =
        json.value() ? new OutcomeJson(out) : new OutcomeTable(out, syntax.err(), tasks);
    ProgressLine progress = ProgressLine.on(syntax.err(), "files");
    try (delivery) {
      return new SignBatch(maker, delivery, printer, progress).run(tasks);
    }
  }

  Delivery write() {
    return new Delivery.Write(force.value() || inPlace.value(), skipSigned.value());
  }
}
