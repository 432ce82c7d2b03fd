// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bpfseal.verifier.bytes.FormatException;

/** Does one thing with each input: all are tried, and the gravest exit code wins. */
final class InputFiles {
  private InputFiles() {}

  /** What is done with one input. */
  interface Action {
    ExitCode run(Path file) throws IOException, FormatException, CommandFailure;
  }

  static ExitCode each(List<Path> files, Syntax command, Action action) {
    ExitCode exitCode = ExitCode.OK;
    for (Path file : files) {
      exitCode = exitCode.and(one(file, command, action));
    }
    return exitCode;
  }

  private static ExitCode one(Path file, Syntax command, Action action) {
    try {
      return action.run(file);
    } catch (IOException | FormatException | CommandFailure | RuntimeException e) {
      CommandFailure failure = Launcher.failureOf(e);
      String message = String.valueOf(failure.getMessage());
      CommandFailure named = failure;
      if (!message.startsWith(file.toString())) {
        named = new CommandFailure(failure.exitCode(), file + ": " + message, failure.hint());
        named.initCause(failure.getCause());
      }
      command.out().flush();
      return Launcher.report(command.err(), command.root().getCommandName(), named);
    }
  }
}
