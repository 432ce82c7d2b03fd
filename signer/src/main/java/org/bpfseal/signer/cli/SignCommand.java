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
import picocli.CommandLine.Spec;

/** {@code bpf-sign sign}. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    usageHelpWidth = 100,
    description = "Signs BPF objects and other files.",
    footer = {"", "Example: bpf-sign sign --as data --key release.key --cert release.crt manifest"})
final class SignCommand implements Callable<Integer> {
  @Mixin KindOptions kind;

  @Mixin IdentityOptions identity;

  @Mixin BatchOptions batch;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter err = spec.commandLine().getErr();
    List<SignTask> tasks = batch.tasks(kind);
    SigningParameters how = kind.parameters();
    List<SigningIdentity> signers = identity.read(err);
    try {
      return batch.run(tasks, new SigningMaker(kind, how, signers), spec.commandLine()).status();
    } finally {
      signers.forEach(SigningIdentity::close);
    }
  }
}
