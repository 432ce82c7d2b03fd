// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.loader;

import java.nio.ByteOrder;
import java.util.regex.Pattern;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * A cursor over the blob's items: each follows the one before, padded with zeros to 8 bytes. So no
 * two overlap, and what the loader writes into one changes no other.
 */
final class BlobReader {
  private static final String FORMAT = "blob";
  private static final int ALIGNMENT = 8;
  private static final int NAME_SIZE = 16;
  private static final Pattern OBJECT_NAME = Pattern.compile("[A-Za-z0-9_.]{0,15}");

  private final Bytes data;
  private final ByteOrder order;
  private String path = FORMAT;
  private int position;

  BlobReader(Bytes data, ByteOrder order) {
    this.data = data;
    this.order = order;
  }

  void enter(String part) {
    path = part;
  }

  /** Where the next item begins. */
  int position() {
    return position;
  }

  /** Moves behind the next item and its padding; an item of no bytes has no place. */
  Bytes item(long size) throws FormatException {
    int left = data.size() - position;
    if (size > left || (-size & (ALIGNMENT - 1)) > left - size) {
      throw fail(position, "expected " + size + " bytes and their padding, found " + left);
    }
    Bytes item = data.slice(position, position + (int) size);
    int end = position + (int) size;
    position = (end + ALIGNMENT - 1) & -ALIGNMENT;
    expectZeros(end, position);
    return item;
  }

  /** Moves behind the next item, an attribute of system call bpf(2); gives where it begins. */
  int attribute(int size) throws FormatException {
    int at = position;
    item(size);
    return at;
  }

  /** A place that lies behind the current one and has that many bytes, or else a refusal. */
  int ahead(long at, int size) throws FormatException {
    if (at < position || at > data.size() - size) {
      throw fail(position, "expected an attribute of " + size + " bytes, found it at " + at);
    }
    return (int) at;
  }

  /** Moves behind the next item, an attribute, which must be at that place. */
  void attributeAt(int at, int size) throws FormatException {
    if (attribute(size) != at) {
      throw fail(at, "expected an attribute right behind what it describes");
    }
  }

  /** Moves behind the next item, all of zeros; gives where it begins. */
  int zeros(int size) throws FormatException {
    int at = attribute(size);
    expectZeros(at, at + size);
    return at;
  }

  /** Moves behind the next item, a text with a NUL, which it gives without. */
  Bytes text() throws FormatException {
    int end = data.indexOf(0, position);
    if (end < 0) {
      throw fail(position, "expected a text and its NUL, found no NUL");
    }
    int size = end - position;
    return item(size + 1L).slice(0, size);
  }

  /** A name in an attribute: 16 bytes, NUL-padded, of the characters that the kernel takes. */
  String objectName(int at) throws FormatException {
    int end = data.indexOf(0, at);
    String name = end < 0 || end - at >= NAME_SIZE ? "-" : data.slice(at, end).toUtf8();
    if (!OBJECT_NAME.matcher(name).matches()) {
      throw fail(at, "expected a kernel object's name, found " + data.slice(at, at + NAME_SIZE));
    }
    expectZeros(end, at + NAME_SIZE);
    return name;
  }

  long u32(int at) {
    return data.u32(at, order);
  }

  long i64(int at) {
    return data.i64(at, order);
  }

  void expectZeros(int from, int to) throws FormatException {
    for (int at = from; at < to; at++) {
      if (data.at(at) != 0) {
        throw fail(at, "expected zeros, found 0x%02x".formatted(data.at(at)));
      }
    }
  }

  void end() throws FormatException {
    if (position != data.size()) {
      throw fail(position, "expected the end, found " + (data.size() - position) + " bytes");
    }
  }

  FormatException fail(int at, String problem) {
    return new FormatException(FORMAT, path, at, problem);
  }
}
