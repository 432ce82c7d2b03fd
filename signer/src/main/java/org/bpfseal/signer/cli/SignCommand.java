// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpf-sign sign}. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    description = "Signs BPF objects and other files.",
    footer = {"", "Example: bpf-sign sign --as data --key release.key --cert release.crt manifest"})
final class SignCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "what to sign")
  List<Path> files;

  @Option(
      names = "--as",
      required = true,
      paramLabel = "KIND",
      description = "object, data: the whole file, detached, as FILE.p7s")
  SignKind kind;

  @Mixin IdentityOptions identity;

  @Option(names = "--digest", paramLabel = "NAME", description = "sha256 (default), sha384, sha512")
  String digest = DigestAlgorithm.SHA_256.id();

  @Option(names = "--out", paramLabel = "DIR", description = "default: beside the input")
  @Nullable Path directory;

  @Option(names = "--force", description = "replace what exists")
  boolean force;

  @Option(names = "--json", description = "print the outcomes as JSON")
  boolean json;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    List<SignTask> tasks = files.stream().map(file -> kind.task(file, directory)).toList();
    SignTask.check(tasks);
    SigningIdentity signer = identity.read(err);
    Maker maker = new DetachedMaker(signer, digest());
    OutcomePrinter printer = json ? new OutcomeJson(out) : new OutcomeTable(out, err, tasks);
    return new SignBatch(maker, force, printer).run(tasks).status();
  }

  private DigestAlgorithm digest() throws CommandFailure {
    return Arrays.stream(DigestAlgorithm.values())
        .filter(value -> value.id().equals(digest))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE, "no digest \"" + digest + "\"", "sha256, sha384 or sha512"));
  }
}
