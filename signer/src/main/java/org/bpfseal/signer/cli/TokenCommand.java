// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
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
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.OutputFile;
import org.bpfseal.verifier.token.ChallengeReader;
import org.bpfseal.verifier.token.Token;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code bpf-sign token}: allows what a machine asks for. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    usageHelpWidth = 100,
    description = "Signs a challenge, so that a held link may be stopped once.",
    footer = {"", "Example: bpf-sign token --key ops.key --cert ops.crt stop.txt --out stop.token"})
final class TokenCommand implements Callable<Integer> {
  @Mixin IdentityOptions identity;

  @Parameters(paramLabel = "CHALLENGE", description = "what the machine printed")
  Path challenge;

  @Option(names = "--out", required = true, paramLabel = "TOKEN", description = "the answer")
  Path output;

  @Option(names = "--yes", description = "don't ask before signing")
  boolean agreed;

  @Option(names = "--force", description = "replace an existing file")
  boolean force;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws CommandFailure, IOException {
    OutputFile.check(output, force);
    Token token = read();
    List<SigningIdentity> signers = identity.read(spec.commandLine().getErr());
    try {
      if (signers.size() != 1) {
        throw new CommandFailure(ExitCode.USAGE, "a token has one signer");
      }
      confirm(token);
      OutputFile.write(output, sign(token, signers.getFirst()), force);
    } finally {
      signers.forEach(SigningIdentity::close);
    }
    spec.commandLine().getOut().println(output + ": " + token.describe());
    return ExitCode.OK.status();
  }

  private Token read() throws CommandFailure, IOException {
    try {
      return ChallengeReader.read(InputFile.read(challenge, ChallengeReader.SIZE_MOST));
    } catch (FormatException e) {
      throw new CommandFailure(
          ExitCode.UNREADABLE,
          challenge + ": " + e.getMessage(),
          "bpfseal challenge PROGRAM/LINK prints one");
    }
  }

  private void confirm(Token token) throws CommandFailure {
    if (agreed) {
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
