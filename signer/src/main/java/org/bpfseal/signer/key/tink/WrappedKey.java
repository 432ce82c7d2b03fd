// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key.tink;

import java.nio.ByteOrder;
import java.util.Base64;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * A private key that only the holder of a keyset can read.
 *
 * <pre>
 *   bpfseal-wrapped-key 1
 *   purpose sign-bpf
 *   public-key-sha256 HEX      of the SubjectPublicKeyInfo
 *   ciphertext BASE64          Tink's: 01, the key's id (u32, big endian), nonce, PKCS#8 encrypted, tag
 * </pre>
 *
 * <p>The lines above the ciphertext are its associated data, so a file in which they were changed,
 * or another key's file, doesn't open.
 *
 * @param publicKeySha256 of the key's SubjectPublicKeyInfo
 */
public record WrappedKey(String purpose, Bytes publicKeySha256, Bytes ciphertext) {
  /** Most bytes of such a file. */
  public static final int LIMIT = 1 << 17;

  private static final String FORMAT = "bpfseal-wrapped-key";
  private static final int TINK_PREFIX = 5;

  /** What {@code bpf-sign key wrap} wraps keys for. */
  public static final String SIGN_BPF = "sign-bpf";

  /** Whether a file says that it is one. */
  public static boolean isOne(Bytes file) {
    return file.startsWith(Bytes.utf8(FORMAT + " "));
  }

  /**
   * Reads one.
   *
   * @throws FormatException that says at which byte it differs from the shape above
   */
  public static WrappedKey read(Bytes file) throws FormatException {
    TextFields fields = TextFields.of(FORMAT, file);
    String purpose = fields.next("purpose");
    if (!purpose.matches("[a-z0-9-]{1,32}")) {
      throw fields.fail("purpose", "expected a word of letters, digits and dashes");
    }
    Bytes hash = fields.hex("public-key-sha256", 32);
    Bytes ciphertext = fields.base64("ciphertext");
    if (ciphertext.size() < TINK_PREFIX || ciphertext.at(0) != 1) {
      throw fields.fail("ciphertext", "expected 01 and a key's id, found something else");
    }
    fields.end();
    return new WrappedKey(purpose, hash, ciphertext);
  }

  /** The file. */
  public Bytes write() {
    return Bytes.concat(
        associatedData(),
        Bytes.utf8(
            "ciphertext " + Base64.getEncoder().encodeToString(ciphertext.toArray()) + "\n"));
  }

  /** Which key of the keyset it was wrapped with, as Tink's tools print it. */
  public long keyId() {
    return ciphertext.u32(1, ByteOrder.BIG_ENDIAN);
  }

  Bytes associatedData() {
    return associatedData(purpose, publicKeySha256);
  }

  static Bytes associatedData(String purpose, Bytes publicKeySha256) {
    return Bytes.utf8(
        FORMAT
            + " 1\npurpose "
            + purpose
            + "\npublic-key-sha256 "
            + publicKeySha256.toHex()
            + "\n");
  }
}
