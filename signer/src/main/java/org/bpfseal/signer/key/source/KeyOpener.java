// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bpfseal.signer.key.KeyMaterial;
import org.bpfseal.signer.key.KeyReader;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.KeySource;
import org.bpfseal.signer.key.PasswordSource;
import org.bpfseal.signer.key.Passwords;
import org.bpfseal.signer.key.SigningKey;
import org.bpfseal.signer.key.StoreReader;
import org.bpfseal.signer.key.pkcs11.Pkcs11Uri;
import org.bpfseal.signer.key.pkcs11.TokenKey;
import org.bpfseal.signer.key.tink.KeysetFile;
import org.bpfseal.signer.key.tink.TinkUri;
import org.bpfseal.signer.key.tink.WrappedKey;
import org.bpfseal.signer.key.tink.WrappingKeyset;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/** Opens keys. */
public final class KeyOpener {
  /** OpenSC's collection of all modules that the system knows; Debian's package p11-kit-modules. */
  private static final Path ALL_MODULES = Path.of("/usr/lib/x86_64-linux-gnu/p11-kit-proxy.so");

  private KeyOpener() {}

  /**
   * The key that a source names.
   *
   * @throws KeyRefusedException that says what stands in the way
   */
  public static KeyMaterial open(KeySource source, KeyAccess access)
      throws KeyRefusedException, FormatException, IOException {
    return switch (source) {
      case KeySource.KeyFile file -> file(file.path(), access);
      case KeySource.TokenUri uri -> token(uri.uri(), access);
      case KeySource.Wrapped wrapped -> wrapped(TinkUri.of(wrapped.uri()), access);
    };
  }

  private static KeyMaterial wrapped(TinkUri uri, KeyAccess access)
      throws KeyRefusedException, FormatException, IOException {
    WrappedKey wrapped = WrappedKey.read(content(uri.wrapped(), WrappedKey.LIMIT));
    KeysetFile keyset = KeysetFile.read(content(uri.keyset(), KeysetFile.LIMIT));
    SigningKey key =
        WrappingKeyset.open(keyset, access.passwords(), access.cleartextKeyset()).unwrap(wrapped);
    return new KeyMaterial(key, Optional.empty());
  }

  private static KeyMaterial file(Path path, KeyAccess access)
      throws KeyRefusedException, FormatException, IOException {
    Bytes content = content(path, StoreReader.LIMIT);
    if (KeyReader.isPkcs12(content)) {
      return StoreReader.read(
          "PKCS12", Optional.of(content), Optional.empty(), Optional.empty(), access.passwords());
    }
    try {
      return new KeyMaterial(KeyReader.read(content, access.passwords()), Optional.empty());
    } catch (FormatException e) {
      // Asked last, so that a plain key loads nothing of this.
      if (WrappedKey.isOne(content)) {
        throw new KeyRefusedException(
            "a wrapped key", "name it with its keyset: tink:" + path + "?keyset=KEYSET");
      }
      throw e;
    }
  }

  private static Bytes content(Path path, int limit) throws KeyRefusedException, IOException {
    if (Files.isDirectory(path)) {
      throw new KeyRefusedException(path + ": is a directory", "");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(limit + 1);
      if (bytes.length > limit) {
        throw new KeyRefusedException(path + ": larger than a key file can be", "");
      }
      return Bytes.owning(bytes);
    }
  }

  private static KeyMaterial token(String text, KeyAccess access) throws KeyRefusedException {
    Pkcs11Uri uri = Pkcs11Uri.of(text);
    Optional<Path> module =
        uri.text("module-path")
            .map(Path::of)
            .or(access::module)
            .filter(path -> !path.toString().isEmpty());
    if (module.isEmpty() && Files.exists(ALL_MODULES)) {
      module = Optional.of(ALL_MODULES);
    }
    if (module.isEmpty()) {
      throw new KeyRefusedException(
          "no PKCS#11 module", "name the token's own with --pkcs11-module or ?module-path=");
    }
    return TokenKey.open(module.get(), uri, pin(uri, access), access.certificate());
  }

  private static Passwords pin(Pkcs11Uri uri, KeyAccess access) throws KeyRefusedException {
    Optional<String> source = uri.text("pin-source");
    if (source.isEmpty()) {
      return access.passwords();
    }
    String text = source.get();
    return PasswordSource.of(
        text.startsWith("file:") ? text : "file:" + text,
        InputStream.nullInputStream(),
        access.worldReadable());
  }
}
