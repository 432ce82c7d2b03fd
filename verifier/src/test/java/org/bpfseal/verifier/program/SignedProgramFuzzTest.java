// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.program;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Assertions;

/** Arbitrary bytes give a program or a {@link FormatException}. */
class SignedProgramFuzzTest {
  @FuzzTest(maxDuration = "3s")
  void readerIsTotal(byte[] input) {
    try {
      Assertions.assertFalse(SignedProgramReader.read(Bytes.of(input)).forms().isEmpty());
    } catch (FormatException e) {
      Assertions.assertEquals("bpfs", e.format());
    }
  }
}
