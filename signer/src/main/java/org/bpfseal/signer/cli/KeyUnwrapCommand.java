// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.PasswordSource;
import org.bpfseal.signer.key.PrivateKeyExport;
import org.bpfseal.signer.key.SigningKey;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.OutputFile;
import org.bpfseal.verifier.cli.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-sign key unwrap}: never without a new password. */
final class KeyUnwrapCommand {
  private final Syntax syntax =
      Syntax.of("unwrap", "Takes a key out as PKCS#8 PEM, encrypted with a new password.")
          .example(
              "bpf-sign key unwrap --key 'tink:release.wrapped?keyset=wrap.keyset' \\",
              "  --new-password prompt --out release.key");

  private final Given<String> key =
      syntax.option(List.of("-k", "--key"), "KEY", "a tink: URI").required().text();

  private final KeyOptions source = new KeyOptions(syntax);

  private final Given<String> newPassword =
      syntax
          .option("--new-password", "SOURCE", "env:NAME, file:PATH, stdin or prompt")
          .required()
          .text();

  private final Given<Path> output =
      syntax.option("--out", "FILE", "the PEM file").required().path();

  private final Given<Boolean> force = syntax.flag("--force", "replace what exists");

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws CommandFailure, IOException {
    OutputFile.check(output.value(), force.value());
    try (SigningKey opened = source.one(List.of(key.value())).key()) {
      Bytes pem =
          PrivateKeyExport.encryptedPem(
              opened,
              PasswordSource.of(
                  newPassword.value(), System.in, source.insecure.passwordFile.value()));
      OutputFile.write(output.value(), pem, force.value());
      syntax.out().println(output.value() + "   " + opened.publicKey().describe());
      return 0;
    } catch (KeyRefusedException e) {
      throw KeyFailure.of(e);
    }
  }
}
