// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key.tink;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bpfseal.signer.key.KeyReader;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.Passwords;
import org.bpfseal.signer.key.PrivateKeyExport;
import org.bpfseal.signer.key.SigningKey;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * The keys that signing keys are wrapped with: AES-256-GCM, the newest wraps, all unwrap. To rotate
 * it, add a key and wrap the signing keys again; the old key goes when nothing needs it.
 */
public final class WrappingKeyset {
  private static final Configuration TINK = AeadConfig2026.get();

  private final KeysetHandle keyset;

  private WrappingKeyset(KeysetHandle keyset) {
    this.keyset = keyset;
  }

  /** One of one new key. */
  public static WrappingKeyset generate() {
    try {
      return new WrappingKeyset(
          KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, TINK));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /**
   * Opens a file's keyset.
   *
   * @param cleartext whether one without protection is taken
   */
  public static WrappingKeyset open(KeysetFile file, Passwords passwords, boolean cleartext)
      throws KeyRefusedException {
    byte[] content = file.keyset().toArray();
    try {
      if (file.protection() instanceof Protection.None) {
        requireConsent(cleartext);
        return new WrappingKeyset(
            TinkProtoKeysetFormat.parseKeyset(content, InsecureSecretKeyAccess.get(), TINK));
      }
      Aead aead = file.protection().aead(passwords);
      return new WrappingKeyset(
          TinkProtoKeysetFormat.parseEncryptedKeyset(
              content, aead, associated(file.protection()), TINK));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new KeyRefusedException(
          "the keyset doesn't open",
          file.protection() instanceof Protection.Password
              ? "is this its password?"
              : "is the file whole, and the service's key still the same?");
    }
  }

  /** The keyset as a file, encrypted by that protection. */
  public KeysetFile seal(Protection protection, Passwords passwords, boolean cleartext)
      throws KeyRefusedException {
    try {
      if (protection instanceof Protection.None) {
        requireConsent(cleartext);
        return new KeysetFile(
            protection,
            Bytes.owning(
                TinkProtoKeysetFormat.serializeKeyset(
                    keyset, InsecureSecretKeyAccess.get(), TINK)));
      }
      return new KeysetFile(
          protection,
          Bytes.owning(
              TinkProtoKeysetFormat.serializeEncryptedKeyset(
                  keyset, protection.aead(passwords), associated(protection), TINK)));
    } catch (GeneralSecurityException e) {
      throw new KeyRefusedException("the keyset can't be encrypted: " + e.getMessage(), "");
    }
  }

  /** The same with one more key, which wraps from now on. */
  public WrappingKeyset rotated() {
    try {
      KeysetHandle.Builder builder = KeysetHandle.newBuilder(keyset).setConfiguration(TINK);
      builder.addEntry(
          KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
              .withRandomId()
              .makePrimary());
      return new WrappingKeyset(builder.build());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /** The ids of its keys, the one that wraps first. */
  public List<Long> keyIds() {
    List<Long> ids = new ArrayList<>();
    for (int i = 0; i < keyset.size(); i++) {
      long id = Integer.toUnsignedLong(keyset.getAt(i).getId());
      ids.add(keyset.getAt(i).isPrimary() ? 0 : ids.size(), id);
    }
    return List.copyOf(ids);
  }

  /** Wraps a key of this process. */
  public WrappedKey wrap(SigningKey key) throws KeyRefusedException {
    byte[] plain = PrivateKeyExport.pkcs8(key);
    Bytes hash = key.publicKey().sha256();
    Bytes associated = WrappedKey.associatedData(WrappedKey.SIGN_BPF, hash);
    try {
      byte[] ciphertext = aead().encrypt(plain, associated.toArray());
      return new WrappedKey(WrappedKey.SIGN_BPF, hash, Bytes.owning(ciphertext));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("encrypting in memory failed", e);
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  /**
   * The key inside.
   *
   * @throws KeyRefusedException if this keyset hasn't wrapped it, or it was changed since
   */
  public SigningKey unwrap(WrappedKey wrapped) throws KeyRefusedException {
    byte[] plain = decrypt(wrapped);
    try {
      SigningKey key = KeyReader.read(Bytes.owning(plain));
      if (!wrapped.purpose().equals(WrappedKey.SIGN_BPF)) {
        throw new KeyRefusedException("a key wrapped for \"" + wrapped.purpose() + "\"", "");
      }
      if (!key.publicKey().sha256().equals(wrapped.publicKeySha256())) {
        throw new KeyRefusedException("the wrapped key isn't the one that its file names", "");
      }
      return key;
    } catch (FormatException e) {
      throw new KeyRefusedException("what is wrapped is no private key", "");
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }

  private byte[] decrypt(WrappedKey wrapped) throws KeyRefusedException {
    try {
      return aead().decrypt(wrapped.ciphertext().toArray(), wrapped.associatedData().toArray());
    } catch (GeneralSecurityException e) {
      throw new KeyRefusedException(
          "the wrapped key doesn't open",
          keyIds().contains(wrapped.keyId())
              ? "it was changed since it was wrapped"
              : "it was wrapped with key " + wrapped.keyId() + ", which this keyset hasn't");
    }
  }

  private Aead aead() throws GeneralSecurityException {
    return keyset.getPrimitive(TINK, Aead.class);
  }

  private static byte[] associated(Protection protection) {
    return Bytes.utf8(KeysetFile.describe(protection)).toArray();
  }

  private static void requireConsent(boolean cleartext) throws KeyRefusedException {
    if (!cleartext) {
      throw new KeyRefusedException(
          "a keyset without protection: whoever reads the file has the key",
          "--keyset-password or --kms protects it; --insecure-cleartext-keyset takes it as it is");
    }
  }
}
