// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bpfseal.verifier.bytes.Bytes;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code manual}, of each command: its manual pages and bash completion, for packages. */
@Command(
    name = "manual",
    hidden = true,
    mixinStandardHelpOptions = true,
    description = "Writes manual pages and bash completion.")
public final class ManualCommand implements Callable<Integer> {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "gets man1/ and bash-completion/")
  Path directory;

  @Option(names = "--force", description = "replace what exists")
  boolean force;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException, CommandFailure {
    CommandLine root = spec.root().commandLine();
    for (ManualPage.Page page : ManualPage.all(root)) {
      OutputFile.write(
          directory.resolve("man1").resolve(page.name()), Bytes.utf8(page.text()), force);
    }
    OutputFile.write(
        directory.resolve("bash-completion").resolve(root.getCommandName()),
        Bytes.utf8(AutoComplete.bash(root.getCommandName(), root)),
        force);
    return ExitCode.OK.status();
  }
}
