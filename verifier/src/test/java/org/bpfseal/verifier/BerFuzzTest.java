// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.bpfseal.verifier.ber.BerReader;
import org.bpfseal.verifier.bytes.Bytes;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.provider.MethodSource;

/** Arbitrary bytes are read as elements or refused with a check. */
class BerFuzzTest {
  static List<byte[]> seeds() {
    return FuzzedMirror.seeds(".p7s");
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "3s")
  void readerIsTotal(byte[] input) {
    try {
      BerReader reader = BerReader.of(Bytes.of(input), "input", 0);
      while (!reader.atEnd()) {
        Assertions.assertFalse(reader.any("element").encoded().isEmpty());
      }
    } catch (Refusal refusal) {
      Assertions.assertFalse(refusal.finding().message().isEmpty());
    }
  }
}
