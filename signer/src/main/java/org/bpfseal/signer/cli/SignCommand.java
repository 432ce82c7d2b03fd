// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfseal.signer.SigningParameters;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.verifier.cli.CommandFailure;
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

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter err = spec.commandLine().getErr();
    List<SignTask> tasks = batch.tasks(kind);
    SigningParameters how = kind.parameters();
    if (check && kind.kind == SignKind.LOADER && !identity.isGiven()) {
      return batch
          .run(tasks, new RemakingMaker(kind.loader), new Delivery.Compare(), spec.commandLine())
          .status();
    }
    List<SigningIdentity> signers = identity.read(err);
    try {
      Delivery delivery = check ? new Delivery.Compare() : new Delivery.Write(batch.force);
      Maker maker = new SigningMaker(kind, how, signers);
      return batch.run(tasks, maker, delivery, spec.commandLine()).status();
    } finally {
      signers.forEach(SigningIdentity::close);
    }
  }
}
