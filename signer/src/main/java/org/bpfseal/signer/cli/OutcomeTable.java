// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.Launcher;

/** Outcomes as lines whose columns line up; failures go to standard error. */
final class OutcomeTable implements OutcomePrinter {
  private final PrintWriter out;
  private final PrintWriter err;
  private final int nameWidth;
  private final int outputWidth;

  OutcomeTable(PrintWriter out, PrintWriter err, List<SignTask> tasks) {
    this.out = out;
    this.err = err;
    nameWidth = widest(tasks.stream().map(SignTask::name));
    outputWidth = widest(tasks.stream().map(task -> task.output().toString()));
  }

  @Override
  public void print(Outcome outcome) {
    String name = padded(outcome.task().name(), nameWidth);
    switch (outcome) {
      case Outcome.Done done -> {
        String parts =
            done.parts().isEmpty()
                ? done.word()
                : done.parts().stream()
                    .map(part -> part + " " + done.word())
                    .collect(Collectors.joining("  "));
        out.println(
            name
                + ("   " + parts)
                + ("   " + padded(done.task().output().toString(), outputWidth))
                + ("   sha256 " + done.sha256()));
        done.warnings().forEach(warning -> warn(done, warning));
      }
      case Outcome.Skipped skipped ->
          out.println(name + "   skipped   " + skipped.task().output() + " is there");
      case Outcome.Refused refused -> {
        out.println(name + "   refused: " + refused.failure().getMessage());
        if (!refused.failure().hint().isEmpty()) {
          out.println(padded("", nameWidth) + "   hint: " + refused.failure().hint());
        }
      }
      case Outcome.Failed failed -> {
        out.flush();
        Launcher.report(err, "bpf-sign", withFile(failed));
      }
    }
    out.flush();
  }

  @Override
  public void finish(List<Outcome> outcomes) {
    out.println(
        Stream.of(
                count(outcomes, Outcome.Done.class, word(outcomes)),
                count(outcomes, Outcome.Skipped.class, "skipped"),
                count(outcomes, Outcome.Refused.class, "refused"),
                count(outcomes, Outcome.Failed.class, "failed"))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(", ")));
    out.flush();
  }

  private static String word(List<Outcome> outcomes) {
    return outcomes.stream()
        .flatMap(outcome -> outcome instanceof Outcome.Done done ? Stream.of(done) : Stream.empty())
        .findFirst()
        .map(done -> done.word().equals("same") ? "same" : "signed")
        .orElse("signed");
  }

  private static String count(List<Outcome> outcomes, Class<?> kind, String word) {
    long count = outcomes.stream().filter(kind::isInstance).count();
    return count == 0 ? "" : count + " " + word;
  }

  private static CommandFailure withFile(Outcome.Failed failed) {
    String message = String.valueOf(failed.failure().getMessage());
    return message.startsWith(failed.task().output().toString())
        ? failed.failure()
        : InputFailure.of(failed.task().input(), failed.failure());
  }

  private void warn(Outcome.Done done, String warning) {
    out.flush();
    err.println("bpf-sign: warning: " + done.task().input() + ": " + warning);
    err.flush();
  }

  private static int widest(Stream<String> texts) {
    return texts.mapToInt(String::length).max().orElse(0);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
