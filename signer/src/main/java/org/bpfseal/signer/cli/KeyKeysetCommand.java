// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.OutputFile;
import org.bpfseal.verifier.cli.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-sign key keyset}: a new keyset, or the next key of one. */
final class KeyKeysetCommand {
  private final Syntax syntax =
      Syntax.of("keyset", "Makes the keyset that signing keys are wrapped with, or rotates one.")
          .example(
              "bpf-sign key keyset --out wrap.keyset --keyset-password prompt",
              "bpf-sign key keyset --rotate wrap.keyset --out wrap.keyset --force");

  private final Given<Path> output =
      syntax.option("--out", "FILE", "the new keyset").required().path();

  private final Given<Path> old =
      syntax
          .option(
              "--rotate",
              "FILE",
              "start from this keyset: its keys go on unwrapping, a new one wraps")
          .path();

  private final Given<String> kms =
      syntax
          .option(
              "--kms",
              "URI",
              "protect it by a service's key, through a Tink client on the class path")
          .text();

  private final KeysetOptions keyset = new KeysetOptions(syntax);

  private final InsecureOptions insecure = new InsecureOptions(syntax);

  private final Given<Boolean> force = syntax.flag("--force", "replace what exists");

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws CommandFailure, IOException {
    OutputFile.check(output.value(), force.value());
    try {
      KeysetAccess access = keyset.access(insecure);
      long key =
          !old.isGiven()
              ? access.create(output.value(), kms.optional(), force.value())
              : access.rotate(old.value(), output.value(), kms.optional(), force.value());
      syntax.out().println(output.value() + "   wraps with key " + key);
      return 0;
    } catch (KeyRefusedException e) {
      throw KeyFailure.of("keyset " + old.optional().orElseGet(output::value), e);
    }
  }
}
