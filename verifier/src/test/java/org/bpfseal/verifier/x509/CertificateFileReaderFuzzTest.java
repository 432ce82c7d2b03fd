// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.x509;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.bpfseal.testing.Lab;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.provider.MethodSource;

/** Arbitrary bytes give certificates' DER or a {@link FormatException}. */
class CertificateFileReaderFuzzTest {
  static List<byte[]> seeds() throws IOException {
    return List.of(Files.readAllBytes(Lab.repository().resolve("keys-example/rsa.crt")));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "3s")
  void certificateFileReaderIsTotal(byte[] input) {
    Bytes file = Bytes.of(input);
    try {
      Assertions.assertFalse(CertificateFileReader.read(file).isEmpty());
      Assertions.assertTrue(CertificateFileReader.recognises(file));
    } catch (FormatException e) {
      Assertions.assertTrue(e.offset() == 0 || e.offset() < input.length);
    }
  }
}
