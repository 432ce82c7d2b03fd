// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.loader;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Assertions;

/** Arbitrary bytes, cut in two, give an inventory or a {@link FormatException}. */
class LoaderFuzzTest {
  @FuzzTest(maxDuration = "3s")
  void readerIsTotal(byte[] input) {
    Bytes all = Bytes.of(input);
    int cut = all.size() < 2 ? 0 : Math.min(all.at(0) << 8 | all.at(1), all.size());
    try {
      Inventory inventory = LoaderReader.read(all.slice(0, cut), all.from(cut));
      Assertions.assertTrue(inventory.maps().size() <= LoaderReader.MAPS_MOST);
    } catch (FormatException e) {
      Assertions.assertNotNull(e.getMessage());
    }
  }
}
