// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.bytes;

import java.nio.ByteOrder;

/**
 * A cursor over bytes of one format that knows its absolute offset.
 *
 * <p>Every read is checked against what is left, and every refusal names format, path and offset.
 */
public final class ByteReader {
  private final String format;
  private final String path;
  private final Bytes bytes;
  private final long base;
  private final ByteOrder order;
  private int position;

  private ByteReader(String format, String path, Bytes bytes, long base, ByteOrder order) {
    this.format = format;
    this.path = path;
    this.bytes = bytes;
    this.base = base;
    this.order = order;
  }

  /** A reader of a whole input, so offsets count from its first byte. */
  public static ByteReader of(String format, Bytes bytes, ByteOrder order) {
    return new ByteReader(format, format, bytes, 0, order);
  }

  /**
   * A reader of the {@code length} bytes at {@code offset} of this one's input; its own position
   * stays where it is.
   *
   * @throws FormatException if that range is not inside the input
   */
  public ByteReader within(String name, long offset, long length) throws FormatException {
    if (offset < 0 || length < 0 || offset > bytes.size() || length > bytes.size() - offset) {
      throw new FormatException(
          format,
          pathOf(name),
          base + Math.max(0, Math.min(offset, bytes.size())),
          "expected "
              + unsigned(length)
              + " bytes at offset "
              + unsigned(offset)
              + ", found an input of "
              + bytes.size());
    }
    Bytes part = bytes.slice((int) offset, (int) (offset + length));
    return new ByteReader(format, pathOf(name), part, base + offset, order);
  }

  /** A reader of the next {@code length} bytes, which this one skips. */
  public ByteReader next(String name, long length) throws FormatException {
    ByteReader part = within(name, position, length);
    position += (int) length;
    return part;
  }

  /** The same bytes and position under a longer path, for errors that say which element it was. */
  public ByteReader named(String name) {
    ByteReader same = new ByteReader(format, pathOf(name), bytes, base, order);
    same.position = position;
    return same;
  }

  public int u8() throws FormatException {
    int at = take(1);
    return bytes.at(at);
  }

  public int u16() throws FormatException {
    int at = take(2);
    return bytes.u16(at, order);
  }

  public int i32() throws FormatException {
    int at = take(4);
    return bytes.i32(at, order);
  }

  public long u32() throws FormatException {
    int at = take(4);
    return bytes.u32(at, order);
  }

  public long i64() throws FormatException {
    int at = take(8);
    return bytes.i64(at, order);
  }

  /** The next {@code length} bytes, shared and not copied. */
  public Bytes bytes(long length) throws FormatException {
    int at = take(length);
    return bytes.slice(at, position);
  }

  public void skip(long length) throws FormatException {
    take(length);
  }

  /** Moves to an offset from this reader's first byte. */
  public void seek(long offset) throws FormatException {
    if (offset < 0 || offset > bytes.size()) {
      throw fail(
          "expected offset " + unsigned(offset) + " inside, found " + bytes.size() + " bytes");
    }
    position = (int) offset;
  }

  public int remaining() {
    return bytes.size() - position;
  }

  public boolean atEnd() {
    return remaining() == 0;
  }

  /** Offset from this reader's first byte. */
  public int position() {
    return position;
  }

  /** Offset from the first byte of the whole input. */
  public long offset() {
    return base + position;
  }

  public ByteOrder order() {
    return order;
  }

  /** All bytes of this reader, whatever its position. */
  public Bytes all() {
    return bytes;
  }

  /** The refusal of what stands at the current position. */
  public FormatException fail(String problem) {
    return failAt(position, problem);
  }

  /** The refusal of what stands at an offset from this reader's first byte. */
  public FormatException failAt(long at, String problem) {
    return new FormatException(format, path, base + at, problem);
  }

  private int take(long length) throws FormatException {
    if (length < 0 || length > remaining()) {
      throw fail("expected " + unsigned(length) + " more bytes, found " + remaining());
    }
    int at = position;
    position += (int) length;
    return at;
  }

  private String pathOf(String name) {
    return path.equals(format) ? name : path + " / " + name;
  }

  private static String unsigned(long value) {
    return Long.toUnsignedString(value);
  }
}
