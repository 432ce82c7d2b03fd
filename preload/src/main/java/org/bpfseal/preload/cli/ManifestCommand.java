// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.OutputFile;
import org.bpfseal.verifier.cli.Syntax;
import org.bpfseal.verifier.manifest.ManifestText;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-preload manifest}. */
final class ManifestCommand {
  private final Syntax syntax =
      Syntax.of("manifest", "Writes what a plan loads, to be read and signed.")
          .example("bpf-preload manifest --plan plan.txt --out manifest");

  private final Given<Path> plan = syntax.option("--plan", "PLAN", "the plan").required().path();

  private final Given<Path> output =
      syntax.option("--out", "FILE", "the manifest").required().path();

  private final Given<Boolean> force = syntax.flag("--force", "replace what exists");

  private final Given<Boolean> json = syntax.flag("--json", "print the summary as JSON");

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws IOException, CommandFailure, FormatException {
    OutputFile.check(output.value(), force.value());
    PlanFiles.Read read = PlanFiles.read(plan.value());
    OutputFile.write(output.value(), ManifestText.of(read.image().manifest()), force.value());
    ManifestPrinter.print(read.image().manifest(), json.value(), syntax.out());
    for (String note : read.image().notes()) {
      syntax.err().println("bpf-preload: note: " + note);
    }
    return ExitCode.OK.status();
  }
}
