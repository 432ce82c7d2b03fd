// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.token;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Assertions;

/** Arbitrary bytes give a value or a {@link FormatException}. */
class SignedTokenFuzzTest {
  @FuzzTest(maxDuration = "3s")
  void tokenReaderIsTotal(byte[] input) {
    try {
      SignedToken signed = SignedTokenReader.read(Bytes.of(input));
      Assertions.assertEquals(Bytes.of(input), Bytes.concat(signed.body(), signed.signature()));
    } catch (FormatException e) {
      Assertions.assertTrue(e.offset() <= input.length);
    }
  }
}
