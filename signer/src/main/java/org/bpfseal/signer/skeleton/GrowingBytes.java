// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bpfseal.verifier.bytes.Bytes;

/** Bytes under construction, in one byte order. */
final class GrowingBytes {
  private static final VarHandle LITTLE_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle BIG_INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  /** From here on memory counts more than time. */
  private static final int MUCH = 4 << 20;

  private final boolean little;
  private byte[] bytes;
  private int size;

  GrowingBytes(ByteOrder order, int capacity) {
    little = order == ByteOrder.LITTLE_ENDIAN;
    bytes = new byte[capacity];
  }

  boolean isLittleEndian() {
    return little;
  }

  int size() {
    return size;
  }

  /** Makes room for zero bytes and gives their offset. */
  int extend(int length) {
    int at = size;
    if (length > bytes.length - size) {
      int grown = bytes.length < MUCH ? 2 * bytes.length : bytes.length + bytes.length / 8;
      bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, length), grown));
    }
    size += length;
    return at;
  }

  /** Appends bytes and gives their offset. */
  int append(Bytes added) {
    int at = extend(added.size());
    added.copyTo(bytes, at);
    return at;
  }

  /** Writes bytes where there is room already. */
  void set(int at, Bytes content) {
    content.copyTo(bytes, at);
  }

  /** Writes what another one holds. */
  void set(int at, GrowingBytes content) {
    System.arraycopy(content.bytes, 0, bytes, at, content.size);
  }

  void setByte(int at, int value) {
    bytes[at] = (byte) value;
  }

  int getByte(int at) {
    return bytes[at] & 0xff;
  }

  int getInt(int at) {
    return (int) (little ? LITTLE_INT : BIG_INT).get(bytes, at);
  }

  void setInt(int at, int value) {
    (little ? LITTLE_INT : BIG_INT).set(bytes, at, value);
  }

  void setLong(int at, long value) {
    int low = (int) value;
    int high = (int) (value >>> 32);
    setInt(at, little ? low : high);
    setInt(at + 4, little ? high : low);
  }

  /** The bytes so far. Nothing may be written afterwards. */
  Bytes finish() {
    return Bytes.owning(bytes).slice(0, size);
  }
}
