// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.elf;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.bpfseal.signer.object.Damage;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.junit.jupiter.api.Assertions;

/** Arbitrary bytes and damaged objects give a file, or a {@link FormatException} inside of it. */
class ElfReaderFuzzTest {
  @FuzzTest(maxDuration = "3s")
  void readerIsTotal(byte[] input) {
    read(Bytes.of(input));
    read(Damage.apply(input));
  }

  private static void read(Bytes file) {
    try {
      ElfFile elf = ElfReader.read(file);
      for (int i = 0; i < elf.symbols().count(); i++) {
        Assertions.assertEquals(i, elf.symbols().symbol(i).index());
      }
    } catch (FormatException e) {
      Assertions.assertEquals("ELF", e.format());
      Assertions.assertTrue(e.offset() >= 0 && e.offset() <= file.size(), e.getMessage());
    }
  }
}
