// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Launcher;
import org.bpfseal.verifier.cli.ProgressLine;

/**
 * Runs all tasks on all processors and prints their outcomes in order: one that fails stops no
 * other, and the gravest exit code wins.
 *
 * <p>A few tasks a processor are under way at once, so that memory doesn't grow with their number.
 */
record SignBatch(Maker maker, Delivery delivery, OutcomePrinter printer, ProgressLine progress) {
  private static final int AHEAD = 4;

  /** All outcomes, in the tasks' order. */
  List<Outcome> run(List<SignTask> tasks) {
    int threads = Math.min(tasks.size(), Runtime.getRuntime().availableProcessors());
    List<Outcome> outcomes = new ArrayList<>();
    if (threads < 2) {
      tasks.forEach(task -> print(outcome(task), outcomes, tasks.size()));
    } else {
      try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
        Iterator<SignTask> waiting = tasks.iterator();
        Deque<Future<Outcome>> underWay = new ArrayDeque<>();
        while (waiting.hasNext() || !underWay.isEmpty()) {
          while (waiting.hasNext() && underWay.size() < threads * AHEAD) {
            SignTask task = waiting.next();
            underWay.add(workers.submit(() -> outcome(task)));
          }
          print(finished(underWay.remove()), outcomes, tasks.size());
        }
      }
    }
    progress.close();
    printer.finish(outcomes);
    return outcomes;
  }

  /** The gravest of all. */
  static ExitCode exitCode(List<Outcome> outcomes) {
    return outcomes.stream().map(Outcome::exitCode).reduce(ExitCode.OK, ExitCode::and);
  }

  private void print(Outcome outcome, List<Outcome> outcomes, int all) {
    progress.close();
    printer.print(outcome);
    outcomes.add(outcome);
    progress.show(outcomes.size(), all);
  }

  private static Outcome finished(Future<Outcome> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private Outcome outcome(SignTask task) {
    try {
      if (delivery.isDone(task)) {
        return new Outcome.Skipped(task);
      }
      delivery.check(task);
      Maker.Made made = maker.make(task);
      String sha256 = DigestAlgorithm.SHA_256.digest(made.content()).toHex();
      return new Outcome.Done(
          task, made.parts(), sha256, delivery.deliver(task, made), made.warnings());
    } catch (CommandFailure | FormatException | IOException | RuntimeException e) {
      return Outcome.of(task, Launcher.failureOf(e));
    }
  }
}
