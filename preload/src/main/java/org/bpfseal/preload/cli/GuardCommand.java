// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bpfseal.preload.guard.GuardObject;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.OutputFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpf-preload guard}. */
@Command(
    name = "guard",
    mixinStandardHelpOptions = true,
    description = "Writes the guard's object file, to be signed like any program.",
    footer = {
      "",
      "Example: bpf-preload guard --out guard.bpf.o",
      "         bpf-sign sign --key release.key --cert release.crt guard.bpf.o",
    })
final class GuardCommand implements Callable<Integer> {
  @Option(names = "--out", required = true, paramLabel = "FILE", description = "the object file")
  Path output;

  @Option(names = "--force", description = "replace what exists")
  boolean force;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException, CommandFailure {
    OutputFile.check(output, force);
    OutputFile.write(output, GuardObject.object(), force);
    spec.commandLine().getOut().println(output);
    return ExitCode.OK.status();
  }
}
