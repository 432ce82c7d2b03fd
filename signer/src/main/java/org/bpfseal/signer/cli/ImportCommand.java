// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfseal.verifier.cli.CommandFailure;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bpf-sign import}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    usageHelpWidth = 100,
    description = {
      "Makes signed programs of light skeletons that bpftool signed (*.lskel.h).",
      "Signatures are taken as they are: verify the result with bpf-verify."
    },
    footer = {"", "Example: bpf-sign import --out dist exec_guard.lskel.h"})
final class ImportCommand implements Callable<Integer> {
  @Mixin BatchOptions batch;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException, CommandFailure {
    List<SignTask> tasks =
        batch.tasks(ImportMaker::isUsual, file -> ImportMaker.task(file, batch.directory));
    return batch
        .run(tasks, new ImportMaker(spec.commandLine().getErr()), spec.commandLine())
        .status();
  }
}
