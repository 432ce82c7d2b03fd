// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfseal.signer.SigningParameters;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.OutputFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpf-sign sign}. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    usageHelpWidth = 100,
    description = "Signs BPF objects and other files.",
    footer = {"", "Example: bpf-sign sign --key release.key --cert release.crt --out dist *.bpf.o"})
final class SignCommand implements Callable<Integer> {
  @Mixin KindOptions kind;

  @Mixin IdentityOptions identity;

  @Mixin BatchOptions batch;

  @Option(
      names = "--check",
      description = "write nothing, make it again and compare; without --key all but signatures")
  boolean check;

  @Option(
      names = "--provenance",
      paramLabel = "FILE",
      description = "write an in-toto statement of what was signed by whom")
  @Nullable Path provenance;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException, CommandFailure {
    PrintWriter err = spec.commandLine().getErr();
    List<SignTask> tasks = batch.tasks(kind);
    SigningParameters how = kind.parameters();
    if (provenance != null) {
      OutputFile.check(provenance, batch.force);
    }
    if (check && kind.kind == SignKind.LOADER && !identity.isGiven()) {
      return batch
          .run(tasks, new RemakingMaker(kind.loader), new Delivery.Compare(), spec.commandLine())
          .status();
    }
    List<SigningIdentity> signers = identity.read(err);
    try {
      Delivery delivery = check ? new Delivery.Compare() : batch.write();
      Maker maker = new SigningMaker(kind, how, signers);
      List<Outcome> outcomes = batch.outcomes(tasks, maker, delivery, spec.commandLine());
      if (provenance != null) {
        OutputFile.write(provenance, Provenance.of(kind.kind, how, signers, outcomes), batch.force);
      }
      return SignBatch.exitCode(outcomes).status();
    } finally {
      signers.forEach(SigningIdentity::close);
    }
  }
}
