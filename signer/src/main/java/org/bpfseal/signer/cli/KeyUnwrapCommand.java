// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.PasswordSource;
import org.bpfseal.signer.key.PrivateKeyExport;
import org.bpfseal.signer.key.SigningKey;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.OutputFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpf-sign key unwrap}: never without a new password. */
@Command(
    name = "unwrap",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    usageHelpWidth = 100,
    description = "Takes a key out as PKCS#8 PEM, encrypted with a new password.",
    footer = {
      "",
      "Example: bpf-sign key unwrap --key 'tink:release.wrapped?keyset=wrap.keyset' \\",
      "           --new-password prompt --out release.key"
    })
final class KeyUnwrapCommand implements Callable<Integer> {
  @Option(
      names = {"-k", "--key"},
      required = true,
      paramLabel = "KEY",
      description = "a tink: URI")
  String key;

  @Mixin KeyOptions source;

  @Option(
      names = "--new-password",
      required = true,
      paramLabel = "SOURCE",
      description = "env:NAME, file:PATH, stdin or prompt")
  String newPassword;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "the PEM file")
  Path output;

  @Option(names = "--force", description = "replace what exists")
  boolean force;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure, IOException {
    OutputFile.check(output, force);
    try (SigningKey opened = source.one(List.of(key)).key()) {
      Bytes pem =
          PrivateKeyExport.encryptedPem(
              opened, PasswordSource.of(newPassword, System.in, source.insecure.passwordFile));
      OutputFile.write(output, pem, force);
      spec.commandLine().getOut().println(output + "   " + opened.publicKey().describe());
      return 0;
    } catch (KeyRefusedException e) {
      throw KeyFailure.of(e);
    }
  }
}
