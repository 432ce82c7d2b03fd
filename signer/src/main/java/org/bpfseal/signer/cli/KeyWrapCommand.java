// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.SigningKey;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.OutputFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpf-sign key wrap}. */
@Command(
    name = "wrap",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    usageHelpWidth = 100,
    description = "Wraps a key with a keyset; a tink: key is wrapped again with the newest key.",
    footer = {
      "",
      "Example: bpf-sign key wrap --key release.key --keyset wrap.keyset --out release.wrapped"
    })
final class KeyWrapCommand implements Callable<Integer> {
  @Option(
      names = {"-k", "--key"},
      paramLabel = "KEY",
      description = "a file (PEM, DER, PKCS#12) or a tink: URI")
  List<String> keys = new ArrayList<>();

  @Mixin KeyOptions source;

  @Option(names = "--keyset", required = true, paramLabel = "FILE", description = "what wraps it")
  Path keysetFile;

  @Mixin KeysetOptions keyset;

  @Option(names = "--out", required = true, paramLabel = "FILE", description = "the wrapped key")
  Path output;

  @Option(names = "--force", description = "replace what exists")
  boolean force;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure, IOException {
    OutputFile.check(output, force);
    try (SigningKey key = source.one(keys).key()) {
      long id = keyset.access(source.insecure).wrap(key, keysetFile, output, force);
      String hash = key.publicKey().sha256().toHex();
      spec.commandLine()
          .getOut()
          .println(
              output
                  + ("   " + key.publicKey().describe() + "   public key sha256 " + hash)
                  + ("   wrapped with key " + id));
      return 0;
    } catch (KeyRefusedException e) {
      throw KeyFailure.of("keyset " + keysetFile, e);
    }
  }
}
