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
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.Syntax;

/** What the CMS message looks like. */
final class MessageOptions {
  private final Given<String> digest;
  private final Given<String> form;

  MessageOptions(Syntax syntax) {
    digest =
        syntax
            .option("--digest", "NAME", "sha256 (default), sha384, sha512")
            .text(DigestAlgorithm.SHA_256.id());
    form =
        syntax
            .option(
                "--signer-id",
                "FORM",
                "skid, issuer, pkcs7; default: as the kind's usual tool has it")
            .text();
  }

  DigestAlgorithm digest() throws CommandFailure {
    return named("digest", digest.value(), DigestAlgorithm.values(), DigestAlgorithm::id);
  }

  /**
   * Both.
   *
   * @param usual the form unless one was named
   */
  SigningParameters parameters(MessageForm usual) throws CommandFailure {
    return new SigningParameters(
        digest(),
        !form.isGiven()
            ? usual
            : named("form of signer id", form.value(), MessageForm.values(), MessageForm::id));
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
