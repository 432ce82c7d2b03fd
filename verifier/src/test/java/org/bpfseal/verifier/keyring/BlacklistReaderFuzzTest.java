// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.keyring;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.provider.MethodSource;

/** Arbitrary bytes give entries that can be read again, or a {@link FormatException} inside. */
class BlacklistReaderFuzzTest {
  static List<byte[]> seeds() {
    return List.of("# none\n\"tbs:00ff\", bin:12\n".getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "3s")
  void blacklistReaderIsTotal(byte[] input) throws FormatException {
    List<String> entries;
    try {
      entries = BlacklistReader.read(Bytes.of(input));
    } catch (FormatException e) {
      Assertions.assertTrue(e.offset() < input.length);
      return;
    }
    Assertions.assertEquals(entries, BlacklistReader.read(Bytes.utf8(String.join(",", entries))));
  }
}
