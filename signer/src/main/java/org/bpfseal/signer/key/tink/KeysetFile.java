// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key.tink;

import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * A keyset in a file.
 *
 * <pre>
 *   bpfseal-keyset 1
 *   protection password scrypt 32768 8 1 SALT     or: kms URI     or: none
 *   keyset BASE64                                  Tink's, encrypted unless the protection is none
 * </pre>
 *
 * <p>The line {@code protection} is the associated data of the encryption.
 */
public record KeysetFile(Protection protection, Bytes keyset) {
  /** Most bytes of such a file. */
  public static final int LIMIT = 1 << 17;

  private static final String FORMAT = "bpfseal-keyset";
  private static final Pattern PASSWORD =
      Pattern.compile("password scrypt (1024|2048|4096|8192|16384|32768) 8 1 ([0-9a-f]{32})");
  private static final Pattern KMS = Pattern.compile("kms ([a-z][a-z0-9+.-]*://\\S{1,512})");

  /** Whether a file says that it is one. */
  public static boolean isOne(Bytes file) {
    return file.startsWith(Bytes.utf8(FORMAT + " "));
  }

  /**
   * Reads one.
   *
   * @throws FormatException that says at which byte it differs from the shape above
   */
  public static KeysetFile read(Bytes file) throws FormatException {
    TextFields fields = TextFields.of(FORMAT, file);
    Protection protection = protection(fields.next("protection"), fields);
    Bytes keyset = fields.base64("keyset");
    fields.end();
    return new KeysetFile(protection, keyset);
  }

  private static Protection protection(String text, TextFields fields) throws FormatException {
    Matcher password = PASSWORD.matcher(text);
    if (password.matches()) {
      return new Protection.Password(
          Integer.parseInt(password.group(1)), Bytes.hex(password.group(2)));
    }
    Matcher kms = KMS.matcher(text);
    if (kms.matches()) {
      return new Protection.Kms(kms.group(1));
    }
    if (text.equals("none")) {
      return new Protection.None();
    }
    throw fields.fail("protection", "expected password, kms or none, found something else");
  }

  /** The file. */
  public Bytes write() {
    return Bytes.utf8(
        FORMAT
            + (" 1\nprotection " + describe(protection))
            + ("\nkeyset " + Base64.getEncoder().encodeToString(keyset.toArray()) + "\n"));
  }

  /** The line that is the encryption's associated data. */
  static String describe(Protection protection) {
    return switch (protection) {
      case Protection.Password password ->
          "password scrypt " + password.cost() + " 8 1 " + password.salt().toHex();
      case Protection.Kms kms -> "kms " + kms.uri();
      case Protection.None none -> "none";
    };
  }
}
