// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bpfseal.signer.SignRequest;
import org.bpfseal.signer.Signature;
import org.bpfseal.signer.Signer;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.signer.token.TokenWriter;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.OutputFile;
import org.bpfseal.verifier.cli.Syntax;
import org.bpfseal.verifier.token.ChallengeReader;
import org.bpfseal.verifier.token.Token;
import picocli.CommandLine.Model.CommandSpec;

/** {@code bpf-sign token}: allows what a machine asks for. */
final class TokenCommand {
  private final Syntax syntax =
      Syntax.of("token", "Signs a challenge, so that a held link may be stopped once.")
          .example("bpf-sign token --key ops.key --cert ops.crt stop.txt --out stop.token");

  private final IdentityOptions identity = new IdentityOptions(syntax);

  private final Given<Path> challenge =
      syntax.operand("CHALLENGE", "what the machine printed").path();

  private final Given<Path> output =
      syntax.option("--out", "TOKEN", "the answer").required().path();

  private final Given<Boolean> agreed = syntax.flag("--yes", "don't ask before signing");

  private final Given<Boolean> force = syntax.flag("--force", "replace an existing file");

  CommandSpec spec() {
    return syntax.spec(this::call);
  }

  private int call() throws CommandFailure, IOException {
    OutputFile.check(output.value(), force.value());
    Token token = read();
    List<SigningIdentity> signers = identity.read(syntax.err());
    try {
      if (signers.size() != 1) {
        throw new CommandFailure(ExitCode.USAGE, "a token has one signer");
      }
      confirm(token);
      OutputFile.write(output.value(), sign(token, signers.getFirst()), force.value());
    } finally {
      signers.forEach(SigningIdentity::close);
    }
    syntax.out().println(output.value() + ": " + token.describe());
    return ExitCode.OK.status();
  }

  private Token read() throws CommandFailure, IOException {
    try {
      return ChallengeReader.read(InputFile.read(challenge.value(), ChallengeReader.SIZE_MOST));
    } catch (FormatException e) {
      throw new CommandFailure(
          ExitCode.UNREADABLE,
          challenge.value() + ": " + e.getMessage(),
          "bpfseal challenge PROGRAM/LINK prints one");
    }
  }

  private void confirm(Token token) throws CommandFailure {
    if (agreed.value()) {
      return;
    }
    Console console =
        Optional.ofNullable(System.console())
            .filter(Console::isTerminal)
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.USAGE,
                        "nobody to ask whether to sign " + token.describe(),
                        "--yes signs without asking"));
    String answer = console.readLine("sign %s? [y/N] ", token.describe());
    if (answer == null || !answer.strip().equalsIgnoreCase("y")) {
      throw new CommandFailure(ExitCode.REFUSED, "not signed");
    }
  }

  private static Bytes sign(Token token, SigningIdentity signer) throws CommandFailure {
    Bytes body = TokenWriter.body(token);
    try {
      Signature signature = Signer.sign(SignRequest.builder(body, signer).build());
      return Bytes.concat(body, signature.der());
    } catch (KeyRefusedException e) {
      throw KeyFailure.of(e);
    }
  }
}
