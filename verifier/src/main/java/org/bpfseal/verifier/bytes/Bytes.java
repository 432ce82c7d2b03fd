// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.bytes;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable byte string: equal by content, sliced without copying.
 *
 * <p>Offsets and lengths are {@code int}: an input of 2 GiB or more is refused where files are
 * opened.
 */
public final class Bytes {
  public static final Bytes EMPTY = new Bytes(new byte[0], 0, 0);

  private final byte[] array;
  private final int from;
  private final int size;

  private Bytes(byte[] array, int from, int size) {
    this.array = array;
    this.from = from;
    this.size = size;
  }

  /** A copy of the array. */
  public static Bytes of(byte... array) {
    return array.length == 0 ? EMPTY : new Bytes(array.clone(), 0, array.length);
  }

  /** A view of an array that the caller promises never to write again. */
  public static Bytes owning(byte[] array) {
    return new Bytes(array, 0, array.length);
  }

  /** The UTF-8 bytes of a text. */
  public static Bytes utf8(String text) {
    return owning(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes of a string of hex digits. */
  public static Bytes hex(String digits) {
    return owning(HexFormat.of().parseHex(digits));
  }

  public static Bytes concat(Bytes... parts) {
    int total = 0;
    for (Bytes part : parts) {
      total = Math.addExact(total, part.size);
    }
    byte[] all = new byte[total];
    int at = 0;
    for (Bytes part : parts) {
      System.arraycopy(part.array, part.from, all, at, part.size);
      at += part.size;
    }
    return owning(all);
  }

  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** The unsigned value of one byte. */
  public int at(int index) {
    return array[from + checkIndex(index, 1)] & 0xff;
  }

  /** The bytes from {@code begin} up to {@code end}, which share this object's array. */
  public Bytes slice(int begin, int end) {
    if (begin < 0 || end < begin || end > size) {
      throw new IndexOutOfBoundsException("slice " + begin + ".." + end + " of " + size + " bytes");
    }
    return new Bytes(array, from + begin, end - begin);
  }

  public Bytes from(int begin) {
    return slice(begin, size);
  }

  /** A read-only big-endian buffer over these bytes. */
  public ByteBuffer buffer() {
    return ByteBuffer.wrap(array, from, size).slice().asReadOnlyBuffer();
  }

  public int u16(int index, ByteOrder order) {
    return buffer().order(order).getShort(checkIndex(index, 2)) & 0xffff;
  }

  public int i32(int index, ByteOrder order) {
    return buffer().order(order).getInt(checkIndex(index, 4));
  }

  public long u32(int index, ByteOrder order) {
    return i32(index, order) & 0xffff_ffffL;
  }

  public long i64(int index, ByteOrder order) {
    return buffer().order(order).getLong(checkIndex(index, 8));
  }

  public byte[] toArray() {
    return Arrays.copyOfRange(array, from, from + size);
  }

  /** Copies these bytes into {@code target} at {@code at}. */
  public void copyTo(byte[] target, int at) {
    System.arraycopy(array, from, target, at, size);
  }

  public boolean startsWith(Bytes prefix) {
    return size >= prefix.size && slice(0, prefix.size).equals(prefix);
  }

  /** The index of the first byte of that value at or after {@code begin}, or -1. */
  public int indexOf(int value, int begin) {
    for (int i = begin; i < size; i++) {
      if (array[from + i] == (byte) value) {
        return i;
      }
    }
    return -1;
  }

  /** Lower-case hex digits, two a byte. */
  public String toHex() {
    return HexFormat.of().formatHex(array, from, from + size);
  }

  /** The bytes as UTF-8 text; malformed parts become U+FFFD. */
  public String toUtf8() {
    return new String(array, from, size, StandardCharsets.UTF_8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that
        && Arrays.equals(array, from, from + size, that.array, that.from, that.from + that.size);
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = from; i < from + size; i++) {
      hash = 31 * hash + array[i];
    }
    return hash;
  }

  /** The length and at most the first 16 bytes, so that a log never floods. */
  @Override
  public String toString() {
    return size + " bytes " + slice(0, Math.min(size, 16)).toHex() + (size > 16 ? "…" : "");
  }

  private int checkIndex(int index, int width) {
    if (index < 0 || index > size - width) {
      throw new IndexOutOfBoundsException("byte " + index + " of " + size);
    }
    return index;
  }
}
