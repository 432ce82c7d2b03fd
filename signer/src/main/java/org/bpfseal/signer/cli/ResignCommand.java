// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.util.List;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-sign resign}. */
final class ResignCommand {
  private final Syntax syntax =
      Syntax.of(
              "resign",
              "Replaces the signatures of signed programs and modules, without their source.",
              "It doesn't ask who signed before: verify first with bpf-verify.")
          .example("bpf-sign resign --key new.key --cert new.crt --out dist old/*.bpfs");

  private final MessageOptions message = new MessageOptions(syntax);

  private final IdentityOptions identity = new IdentityOptions(syntax);

  private final BatchOptions batch = new BatchOptions(syntax);

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws IOException, CommandFailure {
    if (!batch.directory.isGiven() && !batch.inPlace.value()) {
      throw new CommandFailure(ExitCode.USAGE, "where to: --out DIR or --in-place?");
    }
    List<SignTask> tasks = batch.tasks(ResignMaker::isUsual, file -> ResignMaker.task(file, batch));
    message.check();
    List<SigningIdentity> signers = identity.read(syntax.err());
    try {
      return batch.run(tasks, new ResignMaker(message, signers)).status();
    } finally {
      signers.forEach(SigningIdentity::close);
    }
  }
}
