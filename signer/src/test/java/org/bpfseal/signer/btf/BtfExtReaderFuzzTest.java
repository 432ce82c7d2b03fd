// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.btf;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteOrder;
import java.util.List;
import org.bpfseal.signer.object.Damage;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Assertions;

/** Arbitrary bytes and damaged sections give whole records, or a {@link FormatException}. */
class BtfExtReaderFuzzTest {
  private static final List<Bytes> SECTIONS = VectorSections.named(".BTF.ext");
  private static final Bytes TYPES = VectorSections.named(".BTF").getFirst();

  @FuzzTest(maxDuration = "3s")
  void readerIsTotal(byte[] input) throws FormatException {
    Btf btf = BtfReader.read(TYPES, 0, ByteOrder.LITTLE_ENDIAN);
    read(Bytes.of(input), btf);
    int chosen = input.length == 0 ? 0 : (input[0] & 0xff) % SECTIONS.size();
    read(Damage.apply(SECTIONS.get(chosen), input, 1), btf);
  }

  private static void read(Bytes section, Btf btf) {
    try {
      BtfExt ext = BtfExtReader.read(section, 0, ByteOrder.LITTLE_ENDIAN, btf);
      for (RecordTable table : List.of(ext.functions(), ext.lines(), ext.coreRelocations())) {
        table
            .blocks()
            .forEach(
                block -> Assertions.assertEquals(0, block.records().size() % table.recordSize()));
      }
    } catch (FormatException e) {
      Assertions.assertTrue(e.format().startsWith("BTF"), e.getMessage());
    }
  }
}
