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
import org.bpfseal.signer.key.SigningCertificate;
import org.bpfseal.signer.key.StoreReader;
import org.bpfseal.signer.key.source.KeyAccess;
import org.bpfseal.signer.key.source.KeyOpener;
import org.bpfseal.signer.key.source.ProviderLoader;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.cli.CommandFailure;
import org.bpfseal.verifier.cli.ExitCode;
import org.bpfseal.verifier.cli.InputFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the private key is got at. */
final class KeyOptions {
  @Option(
      names = "--key-password",
      paramLabel = "SOURCE",
      description = "password or PIN from env:NAME, file:PATH, stdin or prompt; one, or one a key")
  List<String> passwords = new ArrayList<>();

  @Mixin InsecureOptions insecure;

  @Option(
      names = "--pkcs11-module",
      paramLabel = "PATH",
      description = "the token's library, for a URI without module-path",
      defaultValue = "${env:PKCS11_MODULE_PATH}")
  @Nullable Path module;

  @Option(names = "--keystore", paramLabel = "FILE", description = "key store, in place of --key")
  @Nullable Path keystore;

  @Option(
      names = "--storetype",
      paramLabel = "TYPE",
      description = "PKCS12, JKS or a provider's; default PKCS12")
  @Nullable String storetype;

  @Option(names = "--alias", paramLabel = "NAME", description = "the key's name in its store")
  @Nullable String alias;

  @Option(
      names = "--provider",
      paramLabel = "NAME",
      description = "JCA provider of the store, by name or class; NAME=ARGUMENT")
  @Nullable String provider;

  /**
   * A key as the command line names it.
   *
   * @param store whether it is the one in {@code --keystore}
   */
  record Named(String name, int index, boolean store) {}

  /** All keys in order. */
  List<Named> named(List<String> keys) throws CommandFailure {
    boolean store = keystore != null || storetype != null || provider != null;
    if (store && !keys.isEmpty()) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--key and a key store (--keystore, --storetype, --provider) at once",
          "name the key in the store with --alias");
    }
    if (store) {
      return List.of(new Named(keystore == null ? "in the store" : keystore.toString(), 0, true));
    }
    List<Named> named = new ArrayList<>();
    for (String key : keys) {
      named.add(new Named(key, named.size(), false));
    }
    return named;
  }

  private KeyMaterial open(Named key, Optional<SigningCertificate> certificate)
      throws KeyRefusedException, FormatException, IOException, CommandFailure {
    Passwords password = passwords(key.index());
    if (key.store()) {
      Optional<Provider> jca =
          provider == null ? Optional.empty() : Optional.of(ProviderLoader.load(provider));
      Optional<Bytes> content =
          keystore == null
              ? Optional.empty()
              : Optional.of(InputFile.read(keystore, StoreReader.LIMIT));
      String type = storetype == null ? "PKCS12" : storetype;
      return StoreReader.read(type, content, Optional.ofNullable(alias), jca, password);
    }
    KeyAccess access =
        new KeyAccess(
            password,
            certificate,
            Optional.ofNullable(module),
            insecure.passwordFile,
            insecure.cleartextKeyset);
    return KeyOpener.open(KeySource.of(key.name()), access);
  }

  /** The one key that is named. */
  KeyMaterial one(List<String> keys) throws CommandFailure {
    List<Named> named = named(keys);
    if (named.size() != 1) {
      throw new CommandFailure(
          ExitCode.USAGE, "one --key is needed, and there are " + named.size());
    }
    return openNamed(named.getFirst(), Optional.empty());
  }

  /** The same with failures that say which key. */
  KeyMaterial openNamed(Named key, Optional<SigningCertificate> certificate) throws CommandFailure {
    try {
      return open(key, certificate);
    } catch (KeyRefusedException e) {
      throw KeyFailure.of("key " + key.name(), e);
    } catch (FormatException | IOException | CommandFailure | RuntimeException e) {
      throw KeyFailure.of("key " + key.name(), e);
    }
  }

  private Passwords passwords(int index) throws KeyRefusedException {
    if (passwords.isEmpty()) {
      return new PasswordSource.Prompt();
    }
    String text = passwords.get(passwords.size() == 1 ? 0 : Math.min(index, passwords.size() - 1));
    return PasswordSource.of(text, System.in, insecure.passwordFile);
  }
}
