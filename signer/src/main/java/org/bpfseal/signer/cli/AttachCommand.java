// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.signer.SigningParameters;
import org.bpfseal.signer.key.SigningCertificate;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-sign attach}: the second half of signing with a key that is elsewhere. */
final class AttachCommand {
  private final Syntax syntax =
      Syntax.of(
              "attach",
              "Completes and verifies signatures that were made elsewhere, over what digest wrote.")
          .example(
              "bpf-sign attach --as data --cert release.crt --signature manifest.sig manifest");

  private final KindOptions kind = new KindOptions(syntax);

  private final Given<List<Path>> certificates =
      syntax
          .option(
              List.of("-i", "--cert"),
              "CERT",
              "the signing key's certificate; again for a second signer")
          .required()
          .paths();

  private final Given<List<Path>> signatures =
      syntax
          .option(
              "--signature",
              "SIG",
              "what the key made, one for each part and certificate in order;",
              "default: NAME.sig beside the file")
          .paths();

  private final Given<Path> directory =
      syntax.option("--signatures", "DIR", "where NAME.sig is, or NAME.PART.sig").path();

  private final BatchOptions batch = new BatchOptions(syntax);

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws IOException, CommandFailure {
    List<SignTask> tasks = batch.tasks(kind);
    if (signatures.value().isEmpty() ? certificates.value().size() > 1 : tasks.size() > 1) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "several files or certificates, and no telling which signature is whose",
          "several files: one --cert and --signatures DIR; several certificates: one file");
    }
    SigningParameters how = kind.parameters();
    List<SigningCertificate> signers = new ArrayList<>();
    for (Path certificate : certificates.value()) {
      SigningCertificate signer = CertificateFile.read(certificate);
      for (String advice : signer.advice(Instant.now())) {
        syntax.err().println("bpf-sign: warning: " + advice);
      }
      signers.add(signer);
    }
    kind.requireVerifiable(signers.stream().map(SigningCertificate::publicKey).toList());
    Maker maker = new AttachingMaker(kind, how, signers, signatures.value(), directory.optional());
    return batch.run(tasks, maker).status();
  }
}
