// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import net.jsign.KeyStoreBuilder;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Keys that a cloud service or a card holds, through the library jsign-crypto, which a user puts on
 * the class path if one of these is needed. The service gets the payload's digest, and its
 * signature is verified before it is used.
 *
 * @param type one of {@link #isType}
 * @param keystore what jsign calls so: a region, the URL or name of a vault, a card's name
 * @param alias of the key, as jsign has it; needed where there is more than one
 * @param certificateFile of that key, for services that keep none
 */
public record ServiceStore(
    String type,
    Optional<String> keystore,
    Optional<String> alias,
    Optional<Path> certificateFile) {
  /** {@code net.jsign.KeyStoreType} at 7.4, without those that the JDK opens or a URI names. */
  private static final Set<String> TYPES =
      Set.of(
          "AWS",
          "AZUREKEYVAULT",
          "CRYPTOCERTUM",
          "DIGICERTONE",
          "ESIGNER",
          "ETOKEN",
          "GARASIGN",
          "GOOGLECLOUD",
          "HASHICORPVAULT",
          "NITROKEY",
          "OPENPGP",
          "OPENSC",
          "ORACLECLOUD",
          "PIV",
          "SIGNPATH",
          "SIGNSERVER",
          "TRUSTEDSIGNING",
          "YUBIKEY");

  /** Whether jsign opens stores of this type, in whatever case it is written. */
  public static boolean isType(String type) {
    return TYPES.contains(type.toUpperCase(Locale.ROOT));
  }

  /**
   * The key.
   *
   * @param passwords the token or PIN of the service; empty where the library finds it by itself
   * @param certificate that was given
   * @throws KeyRefusedException if the library isn't there, or says no
   */
  public KeyMaterial open(Optional<Passwords> passwords, Optional<SigningCertificate> certificate)
      throws KeyRefusedException, FormatException {
    try {
      return material(builder(passwords), certificate);
    } catch (NoClassDefFoundError e) {
      throw new KeyRefusedException(
          "key stores of type " + type + " need the library jsign-crypto, which isn't there",
          "put the jars of net.jsign:jsign-crypto and com.cedarsoftware:json-io into lib/optional,"
              + " or name them in BPFSEAL_CLASSPATH");
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyRefusedException(type + ": " + reason(e), "");
    }
  }

  private KeyStoreBuilder builder(Optional<Passwords> passwords) throws KeyRefusedException {
    KeyStoreBuilder builder = new KeyStoreBuilder().storetype(type.toUpperCase(Locale.ROOT));
    keystore.ifPresent(builder::keystore);
    certificateFile.ifPresent(file -> builder.certfile(file.toFile()));
    if (passwords.isPresent()) {
      try (Secret secret = passwords.get().get("token or PIN of " + type)) {
        // A String can't be wiped, but the library takes nothing else.
        builder.storepass(new String(secret.chars()));
      }
    }
    return builder;
  }

  private KeyMaterial material(KeyStoreBuilder builder, Optional<SigningCertificate> given)
      throws GeneralSecurityException, KeyRefusedException, FormatException {
    KeyStore store = builder.build();
    String name = alias.isPresent() ? alias.get() : onlyAlias(store);
    Key key = store.getKey(name, null);
    if (!(key instanceof PrivateKey privateKey)) {
      throw new KeyRefusedException(type + ": no key \"" + name + "\"", "");
    }
    Optional<SigningCertificate> certificate =
        given.isPresent() ? given : StoreReader.certificate(store, name);
    if (certificate.isEmpty()) {
      throw new KeyRefusedException(type + " has no certificate of the key", "give --cert");
    }
    SigningPublicKey publicKey = certificate.get().publicKey();
    ProviderKey holder =
        new ProviderKey(privateKey, publicKey, Optional.ofNullable(builder.provider()));
    return new KeyMaterial(new ExternalSigningKey(publicKey, holder), certificate);
  }

  private String onlyAlias(KeyStore store) throws GeneralSecurityException, KeyRefusedException {
    List<String> aliases = Collections.list(store.aliases());
    if (aliases.size() != 1) {
      throw new KeyRefusedException(
          type + " has " + aliases.size() + " keys",
          aliases.isEmpty() ? "" : "choose with --alias: " + String.join(", ", aliases));
    }
    return aliases.getFirst();
  }

  /** The library says what happened in causes. */
  private static String reason(Throwable failure) {
    StringBuilder text = new StringBuilder(String.valueOf(failure.getMessage()));
    Throwable cause = failure.getCause();
    for (int depth = 0; cause != null && depth < 4; depth++) {
      String more = String.valueOf(cause.getMessage());
      if (text.indexOf(more) < 0) {
        text.append(": ").append(more);
      }
      cause = cause.getCause();
    }
    return text.toString().strip().replaceAll("\\s+", " ");
  }
}
