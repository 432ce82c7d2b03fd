// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.provider.MethodSource;

/** The same with a password: decryption of arbitrary bytes ends too. */
class EncryptedKeyFuzzTest {
  /** The beginning of a PKCS#8 file with PBES2, PBKDF2 and AES, and one with OpenSSL's old way. */
  static List<byte[]> seeds() {
    return List.of(
        Bytes.hex(
                "3081bd305706092a864886f70d01050d304a302906092a864886f70d01050c301c04080102030405060708"
                    + "02020800300c06082a864886f70d02090500301d060960864801650304012a0410000102030405060708"
                    + "090a0b0c0d0e0f0462")
            .toArray(),
        "-----BEGIN EC PRIVATE KEY-----\nDEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF\n\nAAAA\n-----END EC PRIVATE KEY-----\n"
            .getBytes(StandardCharsets.US_ASCII));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "3s")
  void readerIsTotal(byte[] input) {
    try {
      Passwords passwords = what -> new Secret("password".toCharArray());
      Assertions.assertNotNull(KeyReader.read(Bytes.of(input), passwords).publicKey());
    } catch (FormatException | KeyRefusedException e) {
      Assertions.assertNotNull(e.getMessage());
    }
  }
}
