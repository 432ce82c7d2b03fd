// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.keyring;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.params.provider.MethodSource;

/** Arbitrary bytes give keys, no more than there are lines, or a {@link FormatException}. */
class KeyListReaderFuzzTest {
  static List<byte[]> seeds() {
    return List.of(KeyListReaderTest.LIST.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "3s")
  void keyListReaderIsTotal(byte[] input) {
    Bytes list = Bytes.of(input);
    try {
      int keys = KeyListReader.read(list).size();
      Assertions.assertTrue(keys <= list.toUtf8().lines().count());
    } catch (FormatException e) {
      Assertions.assertEquals(0, e.offset());
    }
  }
}
