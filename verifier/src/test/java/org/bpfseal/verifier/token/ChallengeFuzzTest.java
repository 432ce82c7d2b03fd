// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.token;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Assertions;

/** Arbitrary bytes give a challenge, of whose lines they consist, or a {@link FormatException}. */
class ChallengeFuzzTest {
  @FuzzTest(maxDuration = "3s")
  void challengeReaderIsTotal(byte[] input) {
    Bytes text = Bytes.of(input);
    try {
      Token token = ChallengeReader.read(text);
      String lines = String.join("\n", ChallengeReader.lines(token)) + "\n";
      Assertions.assertEquals(text, Bytes.utf8(lines));
    } catch (FormatException e) {
      Assertions.assertTrue(e.path().startsWith("line "));
    }
  }
}
