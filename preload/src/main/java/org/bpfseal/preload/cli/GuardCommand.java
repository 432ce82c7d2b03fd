// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.bpfseal.preload.guard.GuardObject;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.OutputFile;
import org.bpfseal.verifier.cli.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-preload guard}. */
final class GuardCommand {
  private final Syntax syntax =
      Syntax.of("guard", "Writes the guard's object file, to be signed like any program.")
          .example(
              "bpf-preload guard --out guard.bpf.o",
              "bpf-sign sign --key release.key --cert release.crt guard.bpf.o");

  private final Given<Path> output =
      syntax.option("--out", "FILE", "the object file").required().path();

  private final Given<Boolean> force = syntax.flag("--force", "replace what exists");

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws IOException, CommandFailure {
    OutputFile.check(output.value(), force.value());
    OutputFile.write(output.value(), GuardObject.object(), force.value());
    syntax.out().println(output.value());
    return ExitCode.OK.status();
  }
}
