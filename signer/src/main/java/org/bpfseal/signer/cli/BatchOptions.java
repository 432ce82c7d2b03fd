// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The inputs, and where their results go. */
final class BatchOptions {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "what to sign")
  List<Path> files;

  @Option(names = "--out", paramLabel = "DIR", description = "default: beside the input")
  @Nullable Path directory;

  @Option(names = "--force", description = "replace what exists")
  boolean force;

  @Option(names = "--json", description = "print the outcomes as JSON")
  boolean json;

  /** One task a file; refuses those that would overwrite each other. */
  List<SignTask> tasks(KindOptions kind) throws CommandFailure {
    List<SignTask> tasks = new ArrayList<>();
    for (Path file : files) {
      tasks.add(kind.task(file, directory));
    }
    SignTask.check(tasks);
    return tasks;
  }

  ExitCode run(List<SignTask> tasks, Maker maker, CommandLine command) {
    return run(tasks, maker, new Delivery.Write(force), command);
  }

  ExitCode run(List<SignTask> tasks, Maker maker, Delivery delivery, CommandLine command) {
    PrintWriter out = command.getOut();
    OutcomePrinter printer =
        json ? new OutcomeJson(out) : new OutcomeTable(out, command.getErr(), tasks);
    return new SignBatch(maker, delivery, printer).run(tasks);
  }
}
