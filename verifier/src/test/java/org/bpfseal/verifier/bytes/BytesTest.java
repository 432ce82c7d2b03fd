// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BytesTest {
  /** A slice, so that neither its first byte nor its last one is the array's. */
  private static final Bytes NINE = Bytes.hex("aa0182838485868788f9bb").slice(1, 10);

  private static void outside(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void numbersInBothOrders() {
    assertThat(NINE.at(0)).isEqualTo(1);
    assertThat(NINE.at(8)).isEqualTo(0xf9);
    assertThat(NINE.u16(7, ByteOrder.BIG_ENDIAN)).isEqualTo(0x88f9);
    assertThat(NINE.u16(0, ByteOrder.LITTLE_ENDIAN)).isEqualTo(0x8201);
    assertThat(NINE.i32(5, ByteOrder.BIG_ENDIAN)).isEqualTo(0x868788f9);
    assertThat(NINE.u32(5, ByteOrder.BIG_ENDIAN)).isEqualTo(0x868788f9L);
    assertThat(NINE.i64(1, ByteOrder.BIG_ENDIAN)).isEqualTo(0x82838485868788f9L);
    assertThat(NINE.i64(0, ByteOrder.LITTLE_ENDIAN)).isEqualTo(0x8887868584838201L);
  }

  @Test
  void nothingBeyondTheSliceCanBeRead() {
    outside(() -> NINE.at(-1));
    outside(() -> NINE.at(9));
    outside(() -> NINE.u16(8, ByteOrder.BIG_ENDIAN));
    outside(() -> NINE.i32(6, ByteOrder.BIG_ENDIAN));
    outside(() -> NINE.i64(2, ByteOrder.BIG_ENDIAN));
    outside(() -> NINE.slice(-1, 2));
    outside(() -> NINE.slice(3, 2));
    outside(() -> NINE.slice(0, 10));
    outside(() -> NINE.from(10));
    assertThatThrownBy(() -> NINE.slice(2, 1)).hasMessage("slice 2..1 of 9 bytes");
    assertThatThrownBy(() -> NINE.at(9)).hasMessage("byte 9 of 9");
  }

  @Test
  void slices() {
    assertThat(NINE.slice(2, 2)).isEqualTo(Bytes.EMPTY);
    assertThat(NINE.slice(0, 9)).isEqualTo(NINE);
    assertThat(NINE.from(9).isEmpty()).isTrue();
    assertThat(NINE.from(7).toHex()).isEqualTo("88f9");
    assertThat(NINE.slice(1, 8).slice(1, 3).toHex()).isEqualTo("8384");
    assertThat(NINE.isEmpty()).isFalse();
  }

  @Test
  void equalByContent() {
    Bytes same = Bytes.hex("0182838485868788f9");
    assertThat(NINE).isEqualTo(same).hasSameHashCodeAs(same);
    assertThat(NINE)
        .isNotEqualTo(NINE.from(1))
        .isNotEqualTo(null)
        .isNotEqualTo("0182838485868788f9");
    assertThat(NINE.hashCode()).isNotEqualTo(NINE.from(1).hashCode());
    // As Arrays.hashCode defines it.
    assertThat(Bytes.hex("0102").hashCode()).isEqualTo(31 * (31 + 1) + 2);
    assertThat(Bytes.EMPTY.hashCode()).isEqualTo(1);
  }

  @Test
  void arraysAreCopied() {
    byte[] array = {1, 2};
    Bytes copy = Bytes.of(array);
    array[0] = 9;
    assertThat(copy.toHex()).isEqualTo("0102");
    copy.toArray()[0] = 9;
    assertThat(copy.toHex()).isEqualTo("0102");
    assertThat(NINE.toArray()).hasSize(9).startsWith(1).endsWith((byte) 0xf9);
    byte[] target = new byte[11];
    NINE.copyTo(target, 1);
    assertThat(Bytes.owning(target).toHex()).isEqualTo("000182838485868788f900");
    assertThat(Bytes.of()).isSameAs(Bytes.EMPTY);
    assertThat(NINE.buffer().isReadOnly()).isTrue();
    assertThat(NINE.buffer().remaining()).isEqualTo(9);
  }

  @Test
  void searching() {
    assertThat(NINE.startsWith(NINE)).isTrue();
    assertThat(NINE.startsWith(Bytes.EMPTY)).isTrue();
    assertThat(NINE.startsWith(Bytes.hex("0182"))).isTrue();
    assertThat(NINE.startsWith(Bytes.hex("0183"))).isFalse();
    assertThat(NINE.slice(0, 1).startsWith(Bytes.hex("0182"))).isFalse();
    assertThat(NINE.indexOf(1, 0)).isZero();
    assertThat(NINE.indexOf(0xf9, 0)).isEqualTo(8);
    assertThat(NINE.indexOf(1, 1)).isEqualTo(-1);
    assertThat(NINE.indexOf(0xbb, 0)).isEqualTo(-1);
    assertThat(NINE.indexOf(0x83, 2)).isEqualTo(2);
  }

  @Test
  void texts() {
    assertThat(Bytes.utf8("é").toHex()).isEqualTo("c3a9");
    assertThat(Bytes.hex("61c3a962").slice(1, 4).toUtf8()).isEqualTo("éb");
    assertThat(Bytes.concat(NINE.from(8), Bytes.EMPTY, Bytes.hex("00")).toHex()).isEqualTo("f900");
    assertThat(NINE).hasToString("9 bytes 0182838485868788f9");
    assertThat(Bytes.owning(new byte[16])).hasToString("16 bytes " + "00".repeat(16));
    assertThat(Bytes.owning(new byte[17])).hasToString("17 bytes " + "00".repeat(16) + "…");
  }
}
