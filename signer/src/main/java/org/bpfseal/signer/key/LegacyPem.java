// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;

/**
 * OpenSSL's encryption of PEM files before PKCS#8: {@code DEK-Info: AES-256-CBC,IV}. Its key is one
 * round of MD5 over password and IV, so a thief guesses fast; it is read, never written.
 */
final class LegacyPem {
  private static final Pattern CIPHER =
      Pattern.compile("([A-Z0-9-]{1,20}),((?:[0-9A-Fa-f]{2}){8,16})");

  private LegacyPem() {}

  /** The content; the caller wipes it. */
  static byte[] decrypt(PemBlock block, Passwords passwords) throws KeyRefusedException {
    Matcher cipher = CIPHER.matcher(block.cipher());
    if (!cipher.matches()) {
      throw new KeyRefusedException("an encrypted key whose DEK-Info names no cipher", convert());
    }
    byte[] iv = HexFormat.of().parseHex(cipher.group(2));
    byte[][] plain = new byte[1][];
    try (Secret password = passwords.get("password of the key")) {
      password.useUtf8(
          bytes -> plain[0] = decrypt(cipher.group(1), iv, block.der().toArray(), bytes));
      return plain[0];
    } catch (PEMException | RuntimeException e) {
      throw wrongPassword();
    }
  }

  /** Bouncy Castle makes one byte of each character, OpenSSL takes the bytes as they are. */
  private static byte[] decrypt(String cipher, byte[] iv, byte[] content, byte[] password)
      throws PEMException {
    char[] bytesAsChars = new char[password.length];
    for (int i = 0; i < password.length; i++) {
      bytesAsChars[i] = (char) (password[i] & 0xff);
    }
    try {
      return new BcPEMDecryptorProvider(bytesAsChars).get(cipher).decrypt(content, iv);
    } finally {
      Arrays.fill(bytesAsChars, '\0');
    }
  }

  static KeyRefusedException wrongPassword() {
    return new KeyRefusedException("wrong password for the key", "");
  }

  private static String convert() {
    return "convert it: openssl pkey -in KEY -aes256 -out NEW";
  }
}
