// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code bpf-sign resign}. */
@Command(
    name = "resign",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    usageHelpWidth = 100,
    description = {
      "Replaces the signatures of signed programs and modules, without their source.",
      "It doesn't ask who signed before: verify first with bpf-verify."
    },
    footer = {"", "Example: bpf-sign resign --key new.key --cert new.crt --out dist old/*.bpfs"})
final class ResignCommand implements Callable<Integer> {
  @Mixin MessageOptions message;

  @Mixin IdentityOptions identity;

  @Mixin BatchOptions batch;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException, CommandFailure {
    if (batch.directory == null && !batch.inPlace) {
      throw new CommandFailure(ExitCode.USAGE, "where to: --out DIR or --in-place?");
    }
    List<SignTask> tasks = batch.tasks(ResignMaker::isUsual, file -> ResignMaker.task(file, batch));
    message.check();
    List<SigningIdentity> signers = identity.read(spec.commandLine().getErr());
    try {
      return batch.run(tasks, new ResignMaker(message, signers), spec.commandLine()).status();
    } finally {
      signers.forEach(SigningIdentity::close);
    }
  }
}
