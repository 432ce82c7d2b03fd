// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.attest;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.provider.MethodSource;

/** Arbitrary bytes give a system or the one exception that its reader declares. */
class RunningSystemReaderFuzzTest {
  static List<byte[]> seeds() {
    return List.of(
        AttestationTest.GOOD.getBytes(StandardCharsets.US_ASCII),
        "bpfseal-inventory 1\nkernel 7.3.4\nguard none\nend\n".getBytes(StandardCharsets.US_ASCII));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10s")
  void readerIsTotal(byte[] input) {
    try {
      Assertions.assertFalse(RunningSystemReader.read(Bytes.of(input)).kernel().isEmpty());
    } catch (FormatException e) {
      Assertions.assertNotNull(e.getMessage());
    }
  }
}
