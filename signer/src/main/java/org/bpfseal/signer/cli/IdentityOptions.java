// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.signer.key.Accelerator;
import org.bpfseal.signer.key.KeyMaterial;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.SigningCertificate;
import org.bpfseal.signer.key.SigningIdentity;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.Syntax;

/** Who signs. */
final class IdentityOptions {
  private final Given<List<String>> keys;
  private final Given<List<Path>> certificates;
  private final KeyOptions source;

  IdentityOptions(Syntax syntax) {
    keys =
        syntax
            .option(
                List.of("-k", "--key"),
                "KEY",
                "a file (PEM, DER, PKCS#12), pkcs11: or tink: URI; again to sign twice")
            .texts();
    certificates =
        syntax
            .option(
                List.of("-i", "--cert"),
                "CERT",
                "one for each key; default: the one beside the key in its store or token")
            .paths();
    source = new KeyOptions(syntax);
  }

  /** Whether anything was said about who signs. */
  boolean isGiven() throws CommandFailure {
    return !certificates.value().isEmpty() || !source.named(keys.value()).isEmpty();
  }

  /** Reads all; advice about them goes to {@code err}. The caller closes them. */
  List<SigningIdentity> read(PrintWriter err) throws CommandFailure {
    List<KeyOptions.Named> named = source.named(keys.value());
    if (named.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "signing needs --key and --cert",
          "keys-example/make.sh makes a pair to try with");
    }
    if (!certificates.value().isEmpty() && certificates.value().size() != named.size()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          named.size() + " keys and " + certificates.value().size() + " certificates",
          "give one --cert for each --key, in the same order, or none");
    }
    List<SigningIdentity> identities = new ArrayList<>();
    try {
      for (int i = 0; i < named.size(); i++) {
        Optional<Path> file =
            certificates.value().isEmpty()
                ? Optional.empty()
                : Optional.of(certificates.value().get(i));
        identities.add(identity(named.get(i), file, err));
      }
      return identities;
    } catch (CommandFailure | RuntimeException e) {
      identities.forEach(SigningIdentity::close);
      throw e;
    }
  }

  /**
   * The same for that many inputs: a provider that signs faster is used if there is one and it
   * pays.
   */
  List<SigningIdentity> read(PrintWriter err, int inputs) throws CommandFailure {
    List<SigningIdentity> signers = read(err);
    if (inputs < Accelerator.WORTHWHILE) {
      return signers;
    }
    return switch (Accelerator.load()) {
      case Accelerator.Ready ready ->
          signers.stream().map(signer -> signer.accelerated(ready.provider())).toList();
      case Accelerator.Broken broken -> {
        err.println("bpf-sign: note: signing without the accelerator: " + broken.reason());
        yield signers;
      }
      case Accelerator.Absent absent -> signers;
    };
  }

  private SigningIdentity identity(KeyOptions.Named key, Optional<Path> file, PrintWriter err)
      throws CommandFailure {
    Optional<SigningCertificate> given =
        file.isEmpty() ? Optional.empty() : Optional.of(CertificateFile.read(file.get()));
    KeyMaterial material = source.openNamed(key, given, file);
    try {
      SigningIdentity identity =
          SigningIdentity.of(material.key(), certificate(key, given.or(material::certificate)));
      identity.advice(Instant.now()).forEach(advice -> err.println("bpf-sign: warning: " + advice));
      return identity;
    } catch (KeyRefusedException e) {
      material.key().close();
      throw KeyFailure.of(e);
    }
  }

  private static SigningCertificate certificate(
      KeyOptions.Named key, Optional<SigningCertificate> found) throws KeyRefusedException {
    return found.orElseThrow(
        () ->
            new KeyRefusedException(
                "no certificate for key " + key.name(),
                "give it with --cert: the kernel finds the signer by it"));
  }
}
