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

/** Arbitrary bytes give a certificate or one of the two exceptions that its reader declares. */
class CertificateReaderFuzzTest {
  static List<byte[]> seeds() throws IOException {
    return List.of(
        Files.readAllBytes(Lab.repository().resolve("keys-example/rsa.crt")),
        Files.readAllBytes(Lab.repository().resolve("keys-example/p256.crt")));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "3s")
  void readerIsTotal(byte[] input) {
    try {
      Assertions.assertFalse(CertificateReader.read(Bytes.of(input)).skid().isEmpty());
    } catch (FormatException | KeyRefusedException e) {
      Assertions.assertNotNull(e.getMessage());
    }
  }
}
