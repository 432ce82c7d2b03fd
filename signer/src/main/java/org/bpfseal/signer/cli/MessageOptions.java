// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.bpfseal.signer.SigningParameters;
import org.bpfseal.signer.cms.MessageForm;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the CMS message looks like. */
final class MessageOptions {
  @Option(names = "--digest", paramLabel = "NAME", description = "sha256 (default), sha384, sha512")
  String digest = DigestAlgorithm.SHA_256.id();

  @Option(
      names = "--signer-id",
      paramLabel = "FORM",
      description = "skid, issuer, pkcs7; default: as the kind's usual tool has it")
  @Nullable String form;

  DigestAlgorithm digest() throws CommandFailure {
    return named("digest", digest, DigestAlgorithm.values(), DigestAlgorithm::id);
  }

  /**
   * Both.
   *
   * @param usual the form unless one was named
   */
  SigningParameters parameters(MessageForm usual) throws CommandFailure {
    return new SigningParameters(
        digest(),
        form == null
            ? usual
            : named("form of signer id", form, MessageForm.values(), MessageForm::id));
  }

  /** Refuses wrong words before any input is read. */
  void check() throws CommandFailure {
    parameters(MessageForm.KEY_ID);
  }

  private static <T> T named(String what, String name, T[] values, Function<T, String> id)
      throws CommandFailure {
    List<T> all = Arrays.asList(values);
    return all.stream()
        .filter(value -> id.apply(value).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.USAGE,
                    "no " + what + " \"" + name + "\"",
                    "one of " + all.stream().map(id).collect(Collectors.joining(", "))));
  }
}
