// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.util.List;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-sign import}. */
final class ImportCommand {
  private final Syntax syntax =
      Syntax.of(
              "import",
              "Makes signed programs of light skeletons that bpftool signed (*.lskel.h).",
              "Signatures are taken as they are: verify the result with bpf-verify.")
          .example("bpf-sign import --out dist exec_guard.lskel.h");

  private final BatchOptions batch = new BatchOptions(syntax);

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws IOException, CommandFailure {
    List<SignTask> tasks =
        batch.tasks(
            ImportMaker::isUsual, file -> ImportMaker.task(file, batch.directory.optional()));
    return batch.run(tasks, new ImportMaker(syntax.err())).status();
  }
}
