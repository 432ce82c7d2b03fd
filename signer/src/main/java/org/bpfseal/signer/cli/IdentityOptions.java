// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.signer.key.KeyReader;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.KeySource;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.signer.key.SigningKey;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.Launcher;
import picocli.CommandLine.Option;

/** Who signs. */
final class IdentityOptions {
  @Option(
      names = {"-k", "--key"},
      paramLabel = "KEY",
      description = "private key: PKCS#8, PKCS#1 or SEC 1, PEM or DER; again for a second signer")
  List<String> keys = new ArrayList<>();

  @Option(
      names = {"-i", "--cert"},
      paramLabel = "CERT",
      description = "the key's certificate, PEM or DER; as many as keys, in their order")
  List<Path> certificates = new ArrayList<>();

  /** Reads all; advice about them goes to {@code err}. */
  List<SigningIdentity> read(PrintWriter err) throws CommandFailure {
    if (keys.isEmpty() || certificates.size() != keys.size()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "signing needs --key and --cert",
          "keys-example/make.sh makes a pair to try with");
    }
    List<SigningIdentity> identities = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      identities.add(identity(keys.get(i), certificates.get(i), err));
    }
    return identities;
  }

  private static SigningIdentity identity(String key, Path certificate, PrintWriter err)
      throws CommandFailure {
    SigningKey signingKey = key(key);
    try {
      SigningIdentity identity = SigningIdentity.of(signingKey, CertificateFile.read(certificate));
      identity.advice(Instant.now()).forEach(advice -> err.println("bpf-sign: warning: " + advice));
      return identity;
    } catch (KeyRefusedException e) {
      throw KeyFailure.of(e);
    }
  }

  private static SigningKey key(String name) throws CommandFailure {
    try {
      return switch (KeySource.of(name)) {
        case KeySource.KeyFile file -> KeyReader.read(InputFile.read(file.path(), KeyReader.LIMIT));
      };
    } catch (KeyRefusedException e) {
      throw KeyFailure.of("key " + name, e);
    } catch (FormatException | IOException | CommandFailure | InvalidPathException e) {
      CommandFailure failure = Launcher.failureOf(e);
      throw new CommandFailure(
          ExitCode.KEY_SOURCE, "key " + name + ": " + failure.getMessage(), failure.hint());
    }
  }
}
