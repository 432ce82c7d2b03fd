// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.provider.MethodSource;

/** Arbitrary bytes give a key or one of the two exceptions that its reader declares. */
class KeyReaderFuzzTest {
  /** PKCS#8 of ML-DSA-44 around a seed, but for its 32 octets. RFC 9881, section 6. */
  private static final String ML_DSA_44 = "3034020100300b060960864801650304031104228020";

  static List<byte[]> seeds() throws IOException {
    return List.of(
        Files.readAllBytes(Lab.repository().resolve("keys-example/rsa.key")),
        Files.readAllBytes(Lab.repository().resolve("keys-example/p256.key")),
        Bytes.hex(ML_DSA_44 + "00".repeat(32)).toArray());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "3s")
  void readerIsTotal(byte[] input) {
    try {
      Assertions.assertNotNull(KeyReader.read(Bytes.of(input)).publicKey());
    } catch (FormatException | KeyRefusedException e) {
      Assertions.assertNotNull(e.getMessage());
    }
  }
}
