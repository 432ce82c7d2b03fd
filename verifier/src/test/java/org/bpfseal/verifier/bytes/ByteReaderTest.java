// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class ByteReaderTest {
  private static ByteReader reader(ByteOrder order) {
    return ByteReader.of("T", Bytes.hex("0102030405060708ff"), order);
  }

  @Test
  void readsBothByteOrders() throws FormatException {
    assertThat(reader(ByteOrder.LITTLE_ENDIAN).u32()).isEqualTo(0x04030201L);
    assertThat(reader(ByteOrder.BIG_ENDIAN).i64()).isEqualTo(0x0102030405060708L);
  }

  @Test
  void errorNamesPathAndAbsoluteOffset() throws FormatException {
    ByteReader part = reader(ByteOrder.BIG_ENDIAN).within("outer", 2, 5).within("inner", 1, 3);
    part.u8();
    assertThatThrownBy(part::u32)
        .isInstanceOf(FormatException.class)
        .hasMessage("T: outer / inner at byte 4: expected 4 more bytes, found 2");
  }

  @Test
  void refusesRangesThatOverflow() {
    ByteReader reader = reader(ByteOrder.BIG_ENDIAN);
    assertThatThrownBy(() -> reader.within("x", Long.MAX_VALUE, Long.MAX_VALUE))
        .isInstanceOf(FormatException.class);
    assertThatThrownBy(() -> reader.bytes(-1)).isInstanceOf(FormatException.class);
    assertThatThrownBy(() -> reader.seek(10)).isInstanceOf(FormatException.class);
  }
}
