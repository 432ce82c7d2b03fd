// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.OutputFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bpf-sign key keyset}: a new keyset, or the next key of one. */
@Command(
    name = "keyset",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    usageHelpWidth = 100,
    description = "Makes the keyset that signing keys are wrapped with, or rotates one.",
    footer = {
      "",
      "Example: bpf-sign key keyset --out wrap.keyset --keyset-password prompt",
      "         bpf-sign key keyset --rotate wrap.keyset --out wrap.keyset --force"
    })
final class KeyKeysetCommand implements Callable<Integer> {
  @Option(names = "--out", required = true, paramLabel = "FILE", description = "the new keyset")
  Path output;

  @Option(
      names = "--rotate",
      paramLabel = "FILE",
      description = "start from this keyset: its keys go on unwrapping, a new one wraps")
  @Nullable Path old;

  @Option(
      names = "--kms",
      paramLabel = "URI",
      description = "protect it by a service's key, through a Tink client on the class path")
  @Nullable String kms;

  @Mixin KeysetOptions keyset;

  @Mixin InsecureOptions insecure;

  @Option(names = "--force", description = "replace what exists")
  boolean force;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure, IOException {
    OutputFile.check(output, force);
    try {
      KeysetAccess access = keyset.access(insecure);
      long key =
          old == null ? access.create(output, kms, force) : access.rotate(old, output, kms, force);
      spec.commandLine().getOut().println(output + "   wraps with key " + key);
      return 0;
    } catch (KeyRefusedException e) {
      throw KeyFailure.of("keyset " + (old == null ? output : old), e);
    }
  }
}
