// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.bpfseal.signer.key.CertificateReader;
import org.bpfseal.signer.key.KeyReader;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.KeySource;
import org.bpfseal.signer.key.SigningCertificate;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.signer.key.SigningKey;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.Launcher;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who signs. */
final class IdentityOptions {
  @Option(
      names = {"-k", "--key"},
      paramLabel = "KEY",
      description = "private key: PKCS#8, PKCS#1 or SEC 1, PEM or DER, not encrypted")
  @Nullable String key;

  @Option(
      names = {"-i", "--cert"},
      paramLabel = "CERT",
      description = "the key's certificate, PEM or DER")
  @Nullable Path certificate;

  boolean isGiven() {
    return key != null || certificate != null;
  }

  /** Reads both; advice about them goes to {@code err}. */
  SigningIdentity read(PrintWriter err) throws CommandFailure {
    if (key == null || certificate == null) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "signing needs --key and --cert",
          "keys-example/make.sh makes a pair to try with");
    }
    SigningKey signingKey = key(key);
    try {
      SigningIdentity identity = SigningIdentity.of(signingKey, certificate(certificate));
      identity.advice().ifPresent(advice -> err.println("bpf-sign: warning: " + advice));
      return identity;
    } catch (KeyRefusedException e) {
      throw refused(e.getMessage(), e);
    }
  }

  private static SigningKey key(String name) throws CommandFailure {
    try {
      return switch (KeySource.of(name)) {
        case KeySource.KeyFile file -> KeyReader.read(InputFile.read(file.path(), KeyReader.LIMIT));
      };
    } catch (KeyRefusedException e) {
      throw refused("key " + name + ": " + e.getMessage(), e);
    } catch (FormatException | IOException | CommandFailure | InvalidPathException e) {
      CommandFailure failure = Launcher.failureOf(e);
      throw new CommandFailure(
          ExitCode.KEY_SOURCE, "key " + name + ": " + failure.getMessage(), failure.hint());
    }
  }

  private static SigningCertificate certificate(Path file) throws CommandFailure {
    try {
      return CertificateReader.read(InputFile.read(file, CertificateReader.LIMIT));
    } catch (KeyRefusedException e) {
      throw refused("certificate " + file + ": " + e.getMessage(), e);
    } catch (FormatException e) {
      throw new CommandFailure(ExitCode.UNREADABLE, file + ": " + e.getMessage());
    } catch (IOException e) {
      throw Launcher.failureOf(e);
    }
  }

  private static CommandFailure refused(@Nullable String problem, KeyRefusedException e) {
    return new CommandFailure(ExitCode.KEY_SOURCE, String.valueOf(problem), e.hint());
  }
}
