// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.SigningKey;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.OutputFile;
import org.bpfseal.verifier.cli.Syntax;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-sign key wrap}. */
final class KeyWrapCommand {
  private final Syntax syntax =
      Syntax.of(
              "wrap",
              "Wraps a key with a keyset; a tink: key is wrapped again with the newest key.")
          .example(
              "bpf-sign key wrap --key release.key --keyset wrap.keyset --out release.wrapped");

  private final Given<List<String>> keys =
      syntax
          .option(List.of("-k", "--key"), "KEY", "a file (PEM, DER, PKCS#12) or a tink: URI")
          .texts();

  private final KeyOptions source = new KeyOptions(syntax);

  private final Given<Path> keysetFile =
      syntax.option("--keyset", "FILE", "what wraps it").required().path();

  private final KeysetOptions keyset = new KeysetOptions(syntax);

  private final Given<Path> output =
      syntax.option("--out", "FILE", "the wrapped key").required().path();

  private final Given<Boolean> force = syntax.flag("--force", "replace what exists");

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws CommandFailure, IOException {
    OutputFile.check(output.value(), force.value());
    try (SigningKey key = source.one(keys.value()).key()) {
      long id =
          keyset
              .access(source.insecure)
              .wrap(key, keysetFile.value(), output.value(), force.value());
      String hash = key.publicKey().sha256().toHex();
      syntax
          .out()
          .println(
              output.value()
                  + ("   " + key.publicKey().describe() + "   public key sha256 " + hash)
                  + ("   wrapped with key " + id));
      return 0;
    } catch (KeyRefusedException e) {
      throw KeyFailure.of("keyset " + keysetFile.value(), e);
    }
  }
}
