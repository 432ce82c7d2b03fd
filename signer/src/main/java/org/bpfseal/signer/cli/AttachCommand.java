// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfseal.signer.SigningParameters;
import org.bpfseal.signer.key.SigningCertificate;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpf-sign attach}: the second half of signing with a key that is elsewhere. */
@Command(
    name = "attach",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    usageHelpWidth = 100,
    description =
        "Completes and verifies signatures that were made elsewhere, over what digest wrote.",
    footer = {
      "",
      "Example: bpf-sign attach --as data --cert release.crt --signature manifest.sig manifest"
    })
final class AttachCommand implements Callable<Integer> {
  @Mixin KindOptions kind;

  @Option(
      names = {"-i", "--cert"},
      required = true,
      paramLabel = "CERT",
      description = "the signing key's certificate; again for a second signer")
  List<Path> certificates;

  @Option(
      names = "--signature",
      paramLabel = "SIG",
      description = {
        "what the key made, one for each part and certificate in order;",
        "default: NAME.sig beside the file"
      })
  List<Path> signatures = new ArrayList<>();

  @Option(
      names = "--signatures",
      paramLabel = "DIR",
      description = "where NAME.sig is, or NAME.PART.sig")
  @Nullable Path directory;

  @Mixin BatchOptions batch;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException, CommandFailure {
    List<SignTask> tasks = batch.tasks(kind);
    if (signatures.isEmpty() ? certificates.size() > 1 : tasks.size() > 1) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "several files or certificates, and no telling which signature is whose",
          "several files: one --cert and --signatures DIR; several certificates: one file");
    }
    SigningParameters how = kind.parameters();
    List<SigningCertificate> signers = new ArrayList<>();
    for (Path certificate : certificates) {
      SigningCertificate signer = CertificateFile.read(certificate);
      for (String advice : signer.advice(Instant.now())) {
        spec.commandLine().getErr().println("bpf-sign: warning: " + advice);
      }
      signers.add(signer);
    }
    Maker maker = new AttachingMaker(kind, how, signers, signatures, directory);
    return batch.run(tasks, maker, spec.commandLine()).status();
  }
}
