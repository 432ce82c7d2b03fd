// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.bpfseal.verifier.bytes.Bytes;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** {@code manual}, of each command: its manual pages and bash completion, for packages. */
public final class ManualCommand {
  private final Syntax syntax =
      Syntax.of("manual", "Writes manual pages and bash completion.").hidden();

  private final Given<Path> directory =
      syntax.option("--out", "DIR", "gets man1/ and bash-completion/").required().path();

  private final Given<Boolean> force = syntax.flag("--force", "replace what exists");

  /** The command below its root. */
  public CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws IOException, CommandFailure {
    CommandLine root = syntax.root();
    for (ManualPage.Page page : ManualPage.all(root)) {
      OutputFile.write(
          directory.value().resolve("man1").resolve(page.name()),
          Bytes.utf8(page.text()),
          force.value());
    }
    OutputFile.write(
        directory.value().resolve("bash-completion").resolve(root.getCommandName()),
        Bytes.utf8(AutoComplete.bash(root.getCommandName(), root)),
        force.value());
    return ExitCode.OK.status();
  }
}
