// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.security.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.signer.key.KeyMaterial;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.KeySource;
import org.bpfseal.signer.key.PasswordSource;
import org.bpfseal.signer.key.Passwords;
import org.bpfseal.signer.key.ServiceStore;
import org.bpfseal.signer.key.SigningCertificate;
import org.bpfseal.signer.key.StoreReader;
import org.bpfseal.signer.key.source.KeyAccess;
import org.bpfseal.signer.key.source.KeyOpener;
import org.bpfseal.signer.key.source.ProviderLoader;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.Given;
import org.bpfseal.verifier.cli.InputFile;
import org.bpfseal.verifier.cli.Syntax;

/** How the private key is got at. */
final class KeyOptions {
  private final Given<List<String>> passwords;
  final InsecureOptions insecure;
  private final Given<Path> module;
  private final Given<String> keystore;
  private final Given<String> storetype;
  private final Given<String> alias;
  private final Given<String> provider;

  KeyOptions(Syntax syntax) {
    passwords =
        syntax
            .option(
                "--key-password",
                "SOURCE",
                "password or PIN from env:NAME, file:PATH, stdin or prompt; one, or one a key")
            .texts();
    insecure = new InsecureOptions(syntax);
    module =
        syntax
            .option("--pkcs11-module", "PATH", "the token's library, for a URI without module-path")
            .orVariable("PKCS11_MODULE_PATH")
            .path();
    keystore =
        syntax
            .option("--keystore", "STORE", "key store, in place of --key: a file, or a service's")
            .text();
    storetype =
        syntax
            .option(
                "--storetype",
                "TYPE",
                "PKCS12 (default), JKS, a provider's; AWS, YUBIKEY ..: by jsign")
            .text();
    alias = syntax.option("--alias", "NAME", "the key's name in its store").text();
    provider =
        syntax
            .option(
                "--provider", "NAME", "JCA provider of the store, by name or class; NAME=ARGUMENT")
            .text();
  }

  /**
   * A key as the command line names it.
   *
   * @param store whether it is the one in {@code --keystore}
   */
  record Named(String name, int index, boolean store) {}

  /** All keys in order. */
  List<Named> named(List<String> keys) throws CommandFailure {
    boolean store = keystore.isGiven() || storetype.isGiven() || provider.isGiven();
    if (store && !keys.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--key and a key store (--keystore, --storetype, --provider) at once",
          "name the key in the store with --alias");
    }
    if (store) {
      return List.of(new Named(keystore.optional().orElse("in the store"), 0, true));
    }
    List<Named> named = new ArrayList<>();
    for (String key : keys) {
      named.add(new Named(key, named.size(), false));
    }
    return named;
  }

  private KeyMaterial open(
      Named key, Optional<SigningCertificate> certificate, Optional<Path> certificateFile)
      throws KeyRefusedException, FormatException, IOException, CommandFailure {
    Passwords password = passwords(key.index());
    String type = storetype.optional().orElse("PKCS12");
    if (key.store() && !provider.isGiven() && ServiceStore.isType(type)) {
      return new ServiceStore(type, keystore.optional(), alias.optional(), certificateFile)
          .open(
              this.passwords.value().isEmpty() ? Optional.empty() : Optional.of(password),
              certificate);
    }
    if (key.store()) {
      Optional<Provider> jca =
          !provider.isGiven()
              ? Optional.empty()
              : Optional.of(ProviderLoader.load(provider.value()));
      Optional<Bytes> content =
          !keystore.isGiven()
              ? Optional.empty()
              : Optional.of(InputFile.read(Path.of(keystore.value()), StoreReader.LIMIT));
      return StoreReader.read(type, content, alias.optional(), jca, password);
    }
    KeyAccess access =
        new KeyAccess(
            password,
            certificate,
            module.optional(),
            insecure.passwordFile.value(),
            insecure.cleartextKeyset.value());
    return KeyOpener.open(KeySource.of(key.name()), access);
  }

  /** The one key that is named. */
  KeyMaterial one(List<String> keys) throws CommandFailure {
    List<Named> named = named(keys);
    if (named.size() != 1) {
      throw new CommandFailure(
          ExitCode.USAGE, "one --key is needed, and there are " + named.size());
    }
    return openNamed(named.getFirst(), Optional.empty(), Optional.empty());
  }

  /**
   * The same with failures that say which key.
   *
   * @param certificateFile the same certificate
   */
  KeyMaterial openNamed(
      Named key, Optional<SigningCertificate> certificate, Optional<Path> certificateFile)
      throws CommandFailure {
    try {
      return open(key, certificate, certificateFile);
    } catch (KeyRefusedException e) {
      throw KeyFailure.of("key " + key.name(), e);
    } catch (FormatException | IOException | CommandFailure | RuntimeException e) {
      throw KeyFailure.of("key " + key.name(), e);
    }
  }

  private Passwords passwords(int index) throws KeyRefusedException {
    if (passwords.value().isEmpty()) {
      return new PasswordSource.Prompt();
    }
    String text =
        passwords
            .value()
            .get(passwords.value().size() == 1 ? 0 : Math.min(index, passwords.value().size() - 1));
    return PasswordSource.of(text, System.in, insecure.passwordFile.value());
  }
}
