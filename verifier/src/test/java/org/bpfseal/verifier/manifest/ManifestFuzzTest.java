// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Assertions;

/** Arbitrary bytes give a manifest, whose text they are, or a {@link FormatException}. */
class ManifestFuzzTest {
  @FuzzTest(maxDuration = "3s")
  void readerIsTotal(byte[] input) throws FormatException {
    Bytes text = Bytes.of(input);
    Manifest manifest;
    try {
      manifest = ManifestReader.read(text);
    } catch (FormatException e) {
      Assertions.assertTrue(e.path().startsWith("line "));
      return;
    }
    Assertions.assertEquals(text, ManifestText.of(manifest));
  }
}
