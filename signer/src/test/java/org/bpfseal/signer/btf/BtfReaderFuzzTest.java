// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.btf;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteOrder;
import java.util.List;
import org.bpfseal.signer.object.Damage;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Assertions;

/** Arbitrary bytes and damaged sections give types that end, or a {@link FormatException}. */
class BtfReaderFuzzTest {
  private static final List<Bytes> SECTIONS = VectorSections.named(".BTF");

  @FuzzTest(maxDuration = "3s")
  void readerIsTotal(byte[] input) {
    read(Bytes.of(input));
    int chosen = input.length == 0 ? 0 : (input[0] & 0xff) % SECTIONS.size();
    read(Damage.apply(SECTIONS.get(chosen), input, 1));
  }

  private static void read(Bytes section) {
    try {
      Btf btf = BtfReader.read(section, 64, ByteOrder.LITTLE_ENDIAN);
      for (int id = 0; id < btf.count(); id++) {
        Assertions.assertFalse(btf.kind(btf.unmodified(id)).isModifier());
        Assertions.assertTrue(btf.size(id) >= -1);
      }
    } catch (FormatException e) {
      Assertions.assertEquals("BTF", e.format());
      Assertions.assertTrue(e.offset() >= 64 && e.offset() <= 64 + section.size(), e.getMessage());
    }
  }
}
