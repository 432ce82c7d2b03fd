// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Launcher;

/** Runs all tasks: one that fails stops no other, and the gravest exit code wins. */
record SignBatch(Maker maker, Delivery delivery, OutcomePrinter printer) {
  ExitCode run(List<SignTask> tasks) {
    List<Outcome> outcomes = new ArrayList<>();
    ExitCode exitCode = ExitCode.OK;
    for (SignTask task : tasks) {
      Outcome outcome = outcome(task);
      outcomes.add(outcome);
      exitCode = exitCode.and(outcome.exitCode());
      printer.print(outcome);
    }
    printer.finish(outcomes);
    return exitCode;
  }

  private Outcome outcome(SignTask task) {
    try {
      delivery.check(task);
      Maker.Made made = maker.make(task);
      return new Outcome.Done(task, made, delivery.deliver(task, made));
    } catch (CommandFailure | FormatException | IOException | RuntimeException e) {
      return Outcome.of(task, Launcher.failureOf(e));
    }
  }
}
