// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteOrder;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ByteReaderTest {
  private static ByteReader reader(ByteOrder order) {
    return ByteReader.of("T", Bytes.hex("0102030405060708ff"), order);
  }

  private static ByteReader reader() {
    return reader(ByteOrder.BIG_ENDIAN);
  }

  private static void refuses(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(FormatException.class).hasMessage(message);
  }

  @Test
  void readsBothByteOrders() throws FormatException {
    assertThat(reader(ByteOrder.LITTLE_ENDIAN).u32()).isEqualTo(0x04030201L);
    assertThat(reader(ByteOrder.BIG_ENDIAN).i64()).isEqualTo(0x0102030405060708L);
    assertThat(reader(ByteOrder.LITTLE_ENDIAN).i32()).isEqualTo(0x04030201);
    assertThat(reader(ByteOrder.LITTLE_ENDIAN).u16()).isEqualTo(0x0201);
    assertThat(reader().order()).isEqualTo(ByteOrder.BIG_ENDIAN);
  }

  @Test
  void readsOneAfterTheOther() throws FormatException {
    ByteReader reader = reader();
    assertThat(reader.u8()).isEqualTo(1);
    assertThat(reader.u16()).isEqualTo(0x0203);
    assertThat(reader.bytes(2).toHex()).isEqualTo("0405");
    reader.skip(1);
    assertThat(reader.next("part", 2).all().toHex()).isEqualTo("0708");
    assertThat(reader.position()).isEqualTo(8);
    assertThat(reader.remaining()).isEqualTo(1);
    assertThat(reader.atEnd()).isFalse();
    assertThat(reader.u8()).isEqualTo(0xff);
    assertThat(reader.atEnd()).isTrue();
    assertThat(reader.all().size()).isEqualTo(9);
  }

  @Test
  void nothingIsReadBeyondTheEnd() throws FormatException {
    ByteReader reader = reader();
    reader.seek(8);
    refuses(reader::u16, "T: T at byte 8: expected 2 more bytes, found 1");
    refuses(reader::i32, "T: T at byte 8: expected 4 more bytes, found 1");
    refuses(reader::i64, "T: T at byte 8: expected 8 more bytes, found 1");
    refuses(() -> reader.skip(2), "T: T at byte 8: expected 2 more bytes, found 1");
    refuses(
        () -> reader.next("x", 2),
        "T: x at byte 8: expected 2 bytes at offset 8, found an input of 9");
    reader.seek(9);
    refuses(reader::u8, "T: T at byte 9: expected 1 more bytes, found 0");
    assertThat(reader.bytes(0)).isEqualTo(Bytes.EMPTY);
  }

  @Test
  void errorNamesPathAndAbsoluteOffset() throws FormatException {
    ByteReader part = reader().within("outer", 2, 5).within("inner", 1, 3);
    assertThat(part.offset()).isEqualTo(3);
    part.u8();
    assertThat(part.offset()).isEqualTo(4);
    refuses(part::u32, "T: outer / inner at byte 4: expected 4 more bytes, found 2");
    ByteReader named = part.named("field");
    assertThat(named.position()).isEqualTo(1);
    assertThat(named.fail("no")).hasMessage("T: outer / inner / field at byte 4: no");
    assertThat(named.failAt(0, "no")).hasMessage("T: outer / inner / field at byte 3: no");
  }

  @Test
  void partsOfTheError() throws FormatException {
    FormatException error = reader().within("part", 2, 5).failAt(1, "no");
    assertThat(error.format()).isEqualTo("T");
    assertThat(error.path()).isEqualTo("part");
    assertThat(error.offset()).isEqualTo(3);
    assertThat(error.problem()).isEqualTo("no");
  }

  @Test
  void rangesInside() throws FormatException {
    ByteReader reader = reader();
    assertThat(reader.within("x", 0, 9).all()).isEqualTo(reader.all());
    assertThat(reader.within("x", 9, 0).atEnd()).isTrue();
    assertThat(reader.within("x", 7, 2).all().toHex()).isEqualTo("08ff");
    assertThat(reader.position()).isZero();
    reader.seek(9);
    assertThat(reader.atEnd()).isTrue();
    reader.seek(0);
    assertThat(reader.remaining()).isEqualTo(9);
  }

  @Test
  void rangesThatAreNotInside() throws FormatException {
    ByteReader reader = reader().within("part", 2, 5);
    refuses(
        () -> reader.within("x", 4, 2),
        "T: part / x at byte 6: expected 2 bytes at offset 4, found an input of 5");
    refuses(
        () -> reader.within("x", 6, 0),
        "T: part / x at byte 7: expected 0 bytes at offset 6, found an input of 5");
    refuses(
        () -> reader.within("x", -1, 1),
        "T: part / x at byte 2: expected 1 bytes at offset 18446744073709551615, found an input of 5");
    refuses(
        () -> reader.within("x", 0, -1),
        "T: part / x at byte 2: expected 18446744073709551615 bytes at offset 0, found an input of 5");
    refuses(
        () -> reader.within("x", Long.MAX_VALUE, Long.MAX_VALUE),
        "T: part / x at byte 7: expected 9223372036854775807 bytes at offset 9223372036854775807, found an input of 5");
    refuses(
        () -> reader.bytes(-1),
        "T: part at byte 2: expected 18446744073709551615 more bytes, found 5");
    refuses(() -> reader.seek(6), "T: part at byte 2: expected offset 6 inside, found 5 bytes");
    refuses(
        () -> reader.seek(-1),
        "T: part at byte 2: expected offset 18446744073709551615 inside, found 5 bytes");
    assertThat(reader.position()).isZero();
  }
}
