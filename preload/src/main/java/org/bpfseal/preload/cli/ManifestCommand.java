// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.OutputFile;
import org.bpfseal.verifier.manifest.ManifestText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpf-preload manifest}. */
@Command(
    name = "manifest",
    mixinStandardHelpOptions = true,
    description = "Writes what a plan loads, to be read and signed.",
    footer = {"", "Example: bpf-preload manifest --plan plan.txt --out manifest"})
final class ManifestCommand implements Callable<Integer> {
  @Option(names = "--plan", required = true, paramLabel = "PLAN", description = "the plan")
  Path plan;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "the manifest")
  Path output;

  @Option(names = "--force", description = "replace what exists")
  boolean force;

  @Option(names = "--json", description = "print the summary as JSON")
  boolean json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException, CommandFailure, FormatException {
    OutputFile.check(output, force);
    PlanFiles.Read read = PlanFiles.read(plan);
    OutputFile.write(output, ManifestText.of(read.image().manifest()), force);
    ManifestPrinter.print(read.image().manifest(), json, spec.commandLine().getOut());
    for (String note : read.image().notes()) {
      spec.commandLine().getErr().println("bpf-preload: note: " + note);
    }
    return ExitCode.OK.status();
  }
}
