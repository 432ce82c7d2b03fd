// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.CharBuffer;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads keys of JCA key stores: PKCS#12 and JKS files, and whatever a given provider calls a key
 * store. A key that the store hands out signs like one from a file; one that it keeps signs through
 * its provider.
 */
public final class StoreReader {
  /** Most bytes of a store's file. */
  public static final int LIMIT = 16 << 20;

  private StoreReader() {}

  /**
   * The key of a store's file, and its certificate.
   *
   * @param alias of the key; needed if there are several
   */
  public static KeyMaterial read(
      String type,
      Optional<Bytes> file,
      Optional<String> alias,
      Optional<Provider> provider,
      Passwords passwords)
      throws KeyRefusedException, FormatException {
    KeyStore store = instance(type, provider);
    try (Secret password = passwords.get("password of the key store")) {
      load(store, type, file, password);
      String name = alias(store, alias);
      Key key = store.getKey(name, password.chars());
      if (!(key instanceof PrivateKey privateKey)) {
        throw new KeyRefusedException("entry \"" + name + "\" holds no private key", "");
      }
      return material(store, name, privateKey, provider);
    } catch (UnrecoverableKeyException e) {
      throw new KeyRefusedException(
          "the key in the store has another password than the store",
          "give it the store's: keytool -keypasswd");
    } catch (GeneralSecurityException e) {
      throw new KeyRefusedException("the key store gives no key: " + e.getMessage(), "");
    }
  }

  private static KeyStore instance(String type, Optional<Provider> provider)
      throws KeyRefusedException {
    try {
      return provider.isPresent()
          ? KeyStore.getInstance(type, provider.get())
          : KeyStore.getInstance(type);
    } catch (GeneralSecurityException e) {
      throw new KeyRefusedException(
          "no key store of type " + type,
          "PKCS12, JKS, or one of a provider that --provider names");
    }
  }

  private static void load(KeyStore store, String type, Optional<Bytes> file, Secret password)
      throws KeyRefusedException, FormatException, GeneralSecurityException {
    try (InputStream in = file.map(Bytes::toArray).map(ByteArrayInputStream::new).orElse(null)) {
      store.load(in, password.chars());
    } catch (IOException e) {
      if (e.getCause() instanceof UnrecoverableKeyException) {
        throw new KeyRefusedException(
            "wrong password for the key store",
            isAscii(password) ? "" : "the JDK opens old stores with ASCII passwords only");
      }
      throw new FormatException(
          type, "key store", 0, "expected a key store of this type, found something else");
    } catch (RuntimeException e) {
      // Also the JDK's readers answer some malformed files with unchecked exceptions.
      throw new FormatException(type, "key store", 0, "expected a key store, found damage");
    }
  }

  private static boolean isAscii(Secret password) {
    return CharBuffer.wrap(password.chars()).chars().allMatch(c -> c >= ' ' && c <= '~');
  }

  private static String alias(KeyStore store, Optional<String> wanted)
      throws KeyRefusedException, GeneralSecurityException {
    List<String> keys = new ArrayList<>();
    for (String alias : Collections.list(store.aliases())) {
      if (store.isKeyEntry(alias)) {
        keys.add(alias);
      }
    }
    Collections.sort(keys);
    if (wanted.isPresent() && store.isKeyEntry(wanted.get())) {
      return wanted.get();
    }
    if (wanted.isPresent()) {
      throw new KeyRefusedException(
          "no key \"" + wanted.get() + "\" in the store", "there: " + String.join(", ", keys));
    }
    if (keys.size() != 1) {
      throw new KeyRefusedException(
          "the store has " + keys.size() + " keys",
          keys.isEmpty() ? "" : "choose with --alias: " + String.join(", ", keys));
    }
    return keys.getFirst();
  }

  /** The certificate that a store has beside a key. */
  static Optional<SigningCertificate> certificate(KeyStore store, String alias)
      throws KeyRefusedException, FormatException, GeneralSecurityException {
    Certificate stored = store.getCertificate(alias);
    return stored == null
        ? Optional.empty()
        : Optional.of(CertificateReader.read(Bytes.owning(stored.getEncoded())));
  }

  private static KeyMaterial material(
      KeyStore store, String alias, PrivateKey key, Optional<Provider> provider)
      throws KeyRefusedException, FormatException, GeneralSecurityException {
    Optional<SigningCertificate> certificate = certificate(store, alias);
    byte[] encoded = key.getEncoded();
    if (encoded == null) {
      if (certificate.isEmpty()) {
        throw new KeyRefusedException("a key without a certificate in the store", "");
      }
      SigningPublicKey publicKey = certificate.get().publicKey();
      return new KeyMaterial(
          new ExternalSigningKey(publicKey, new ProviderKey(key, publicKey, provider)),
          certificate);
    }
    try {
      return new KeyMaterial(KeyReader.pkcs8(Bytes.owning(encoded)), certificate);
    } finally {
      Arrays.fill(encoded, (byte) 0);
    }
  }
}
