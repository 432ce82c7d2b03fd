// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.util.Arrays;
import java.util.Base64;
import org.bpfseal.verifier.bytes.Bytes;

/** Takes a key out of its object, to be encrypted at once. Only wrapping needs that. */
public final class PrivateKeyExport {
  private PrivateKeyExport() {}

  /**
   * PKCS#8 (RFC 5958), not encrypted; the caller wipes it.
   *
   * @throws KeyRefusedException if the key isn't in this process
   */
  public static byte[] pkcs8(SigningKey key) throws KeyRefusedException {
    return switch (key) {
      case RsaSigningKey rsa -> rsa.pkcs8();
      case EcSigningKey ec -> ec.pkcs8();
      case MlDsaSigningKey mlDsa -> mlDsa.pkcs8();
      case ExternalSigningKey external ->
          throw new KeyRefusedException(external + " can't be taken out of there", "");
    };
  }

  /** PKCS#8 as PEM, encrypted with a password: PBES2, PBKDF2 with HMAC-SHA-256, AES-256. */
  public static Bytes encryptedPem(SigningKey key, Passwords passwords) throws KeyRefusedException {
    byte[] plain = pkcs8(key);
    try (Secret password = passwords.get("new password of the key")) {
      String base64 =
          Base64.getMimeEncoder(64, new byte[] {'\n'})
              .encodeToString(EncryptedPkcs8.encrypt(plain, password));
      return Bytes.utf8(
          "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
              + (base64 + "\n-----END ENCRYPTED PRIVATE KEY-----\n"));
    } finally {
      Arrays.fill(plain, (byte) 0);
    }
  }
}
