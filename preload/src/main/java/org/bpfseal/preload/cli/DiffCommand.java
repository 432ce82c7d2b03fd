// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bpfseal.preload.view.Change;
import org.bpfseal.preload.view.ImageChanges;
import org.bpfseal.preload.view.ImageView;
import org.bpfseal.preload.view.ImageViewer;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.InputLimit;
import org.bpfseal.verifier.cli.Json;
import org.bpfseal.verifier.cli.Syntax;
import org.bpfseal.verifier.cli.Table;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-preload diff}. */
final class DiffCommand {
  private final Syntax syntax =
      Syntax.of(
              "diff",
              "Says what a release of an image changes: programs, keys, links, holds, policy, order.",
              "Nothing is verified. Exit code as diff(1): 0 the same, 1 they differ.")
          .example("bpf-preload diff preload-11.img preload-12.img");

  private final Given<Path> before = syntax.operand("BEFORE", "the image that is in use").path();

  private final Given<Path> after = syntax.operand(1, "AFTER", "the one that is to come").path();

  private final Given<Boolean> json = syntax.flag("--json", "print it as JSON");

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws IOException, CommandFailure {
    List<Change> changes = ImageChanges.between(read(before.value()), read(after.value()));
    if (json.value()) {
      List<Object> each = ImageValues.list(changes, DiffCommand::values);
      syntax
          .out()
          .println(
              Json.of(
                  ImageValues.values(
                      "schema", "bpfseal-diff 1", "same", changes.isEmpty(), "changes", each)));
    } else {
      Table table = new Table();
      changes.forEach(change -> table.row(change.subject(), change.text()));
      syntax.out().print(table);
    }
    syntax.out().flush();
    return (changes.isEmpty() ? ExitCode.OK : ExitCode.REFUSED).status();
  }

  private static Object values(Change change) {
    return ImageValues.values("subject", change.subject(), "change", change.text());
  }

  private static ImageView read(Path file) throws IOException, CommandFailure {
    try {
      return ImageViewer.view(InputFile.read(file, InputLimit.bytes()), InputLimit.bytes());
    } catch (FormatException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": " + e.getMessage());
    }
  }
}
