// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key.tink;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.KmsClient;
import com.google.crypto.tink.subtle.AesGcmJce;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.ServiceLoader;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bpfseal.signer.key.KeyRefusedException;
import org.bpfseal.signer.key.Passwords;
import org.bpfseal.signer.key.Secret;
import org.bpfseal.verifier.bytes.Bytes;

/** What a keyset's file is itself protected by. */
public sealed interface Protection {
  /**
   * A password, stretched by scrypt (RFC 7914) with r = 8 and p = 1 to an AES-256-GCM key.
   *
   * @param cost scrypt's N, a power of two; 32768 needs 32 MiB
   */
  record Password(int cost, Bytes salt) implements Protection {
    private static final int COST = 1 << 15;
    private static final int SALT = 16;

    /** With a new salt. */
    public static Password fresh() {
      byte[] salt = new byte[SALT];
      new SecureRandom().nextBytes(salt);
      return new Password(COST, Bytes.owning(salt));
    }

    @Override
    public Aead aead(Passwords passwords) throws KeyRefusedException, GeneralSecurityException {
      Aead[] aead = new Aead[1];
      try (Secret password = passwords.get("password of the keyset")) {
        password.<GeneralSecurityException>useUtf8(bytes -> aead[0] = aead(bytes));
      }
      return aead[0];
    }

    private Aead aead(byte[] password) throws GeneralSecurityException {
      byte[] key = SCrypt.generate(password, salt.toArray(), cost, 8, 1, 32);
      try {
        return new AesGcmJce(key);
      } finally {
        Arrays.fill(key, (byte) 0);
      }
    }
  }

  /** A key of a key management service, such as {@code gcp-kms://…}; its Tink client is loaded. */
  record Kms(String uri) implements Protection {
    @Override
    public Aead aead(Passwords passwords) throws KeyRefusedException, GeneralSecurityException {
      for (KmsClient client : ServiceLoader.load(KmsClient.class)) {
        if (client.doesSupport(uri)) {
          return client.withDefaultCredentials().getAead(uri);
        }
      }
      throw new KeyRefusedException(
          "no client for the keyset's service " + uri,
          "put Tink's jar for it (tink-awskms, tink-gcpkms) on the class path");
    }
  }

  /** None: whoever reads the file has the keyset. */
  record None() implements Protection {
    @Override
    public Aead aead(Passwords passwords) {
      throw new IllegalStateException("a cleartext keyset is not decrypted");
    }
  }

  /** The same kind for a keyset that is written anew: a password gets a new salt. */
  default Protection renewed() {
    return switch (this) {
      case Password password -> Password.fresh();
      case Kms kms -> kms;
      case None none -> none;
    };
  }

  /** What encrypts and decrypts the keyset. */
  Aead aead(Passwords passwords) throws KeyRefusedException, GeneralSecurityException;
}
