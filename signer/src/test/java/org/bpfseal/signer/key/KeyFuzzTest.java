// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.key;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Assertions;

/** Arbitrary bytes give a value or one of the two exceptions that these readers declare. */
class KeyFuzzTest {
  @FuzzTest(maxDuration = "20s")
  void keyReaderIsTotal(byte[] input) {
    try {
      Assertions.assertNotNull(KeyReader.read(Bytes.of(input)).publicKey());
    } catch (FormatException | KeyRefusedException e) {
      Assertions.assertNotNull(e.getMessage());
    }
  }

  @FuzzTest(maxDuration = "20s")
  void certificateReaderIsTotal(byte[] input) {
    try {
      Assertions.assertFalse(CertificateReader.read(Bytes.of(input)).skid().isEmpty());
    } catch (FormatException | KeyRefusedException e) {
      Assertions.assertNotNull(e.getMessage());
    }
  }
}
