// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.bpfseal.signer.SigningParameters;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.OutputFile;
import org.bpfseal.verifier.cli.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-sign sign}. */
final class SignCommand {
  private final Syntax syntax =
      Syntax.of("sign", "Signs BPF objects and other files.")
          .example("bpf-sign sign --key release.key --cert release.crt --out dist *.bpf.o");

  private final KindOptions kind = new KindOptions(syntax);

  private final IdentityOptions identity = new IdentityOptions(syntax);

  private final BatchOptions batch = new BatchOptions(syntax);

  private final Given<Boolean> check =
      syntax.flag(
          "--check", "write nothing, make it again and compare; without --key all but signatures");

  private final Given<Path> provenance =
      syntax
          .option("--provenance", "FILE", "write an in-toto statement of what was signed by whom")
          .path();

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws IOException, CommandFailure {
    PrintWriter err = syntax.err();
    List<SignTask> tasks = batch.tasks(kind);
    SigningParameters how = kind.parameters();
    if (provenance.isGiven()) {
      OutputFile.check(provenance.value(), batch.force.value());
    }
    if (check.value() && kind.kind.value().isSignedProgram() && !identity.isGiven()) {
      boolean direct = kind.kind.value() == SignKind.PROGRAM;
      return batch
          .run(tasks, new RemakingMaker(kind.loader, direct), new Delivery.Compare())
          .status();
    }
    List<SigningIdentity> signers = identity.read(err, tasks.size());
    try {
      kind.requireVerifiable(signers.stream().map(signer -> signer.key().publicKey()).toList());
      Delivery delivery = check.value() ? new Delivery.Compare() : batch.write();
      Maker maker = new SigningMaker(kind, how, signers);
      List<Outcome> outcomes = batch.outcomes(tasks, maker, delivery);
      if (provenance.isGiven()) {
        OutputFile.write(
            provenance.value(),
            Provenance.of(kind.kind.value(), how, signers, outcomes),
            batch.force.value());
      }
      return SignBatch.exitCode(outcomes).status();
    } finally {
      signers.forEach(SigningIdentity::close);
    }
  }
}
