// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.signer.key.SigningCertificate;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-sign resign}. */
final class ResignCommand {
  private final Syntax syntax =
      Syntax.of(
              "resign",
              "Replaces the signatures of signed programs and modules, without their source.",
              "Without --signed-by it doesn't ask who signed before.")
          .example(
              "bpf-sign resign --signed-by old.crt --key new.key --cert new.crt --out dist old/*.bpfs");

  private final Given<List<Path>> signedBy =
      syntax
          .option("--signed-by", "CERT", "refuse what no key of these has signed; may be repeated")
          .paths();

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
    List<SigningCertificate> certificates = new ArrayList<>();
    for (Path file : signedBy.value()) {
      certificates.add(CertificateFile.read(file));
    }
    FormerSigners former = new FormerSigners(certificates);
    List<SigningIdentity> signers = identity.read(syntax.err());
    try {
      return batch.run(tasks, new ResignMaker(message, former, signers)).status();
    } finally {
      signers.forEach(SigningIdentity::close);
    }
  }
}
