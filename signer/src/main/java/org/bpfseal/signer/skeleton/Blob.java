// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.bpfseal.signer.object.ObjectLimits;
import org.bpfseal.signer.object.ObjectRefusedException;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * The value of the loader's own map under construction: items one after the other, each padded with
 * zeros to 8 bytes. An item's offset is the address by which the loader uses it.
 */
final class Blob {
  private static final int ALIGNMENT = 8;

  private final GrowingBytes bytes;

  Blob(ByteOrder order, int capacity) {
    bytes = new GrowingBytes(order, capacity);
  }

  /** Adds bytes and gives their offset. */
  int add(Bytes item) throws ObjectRefusedException {
    int at = addZeros(item.size());
    bytes.set(at, item);
    return at;
  }

  int add(GrowingBytes item) throws ObjectRefusedException {
    int at = addZeros(item.size());
    bytes.set(at, item);
    return at;
  }

  /** Adds a text with its NUL. */
  Text addText(String text) throws ObjectRefusedException {
    Bytes encoded = Bytes.owning(text.getBytes(StandardCharsets.UTF_8));
    int at = addZeros(encoded.size() + 1);
    bytes.set(at, encoded);
    return new Text(at, encoded.size() + 1);
  }

  /**
   * A text in the blob.
   *
   * @param length with its NUL
   */
  record Text(int at, int length) {}

  /** Adds that many zero bytes and gives their offset. */
  int addZeros(int length) throws ObjectRefusedException {
    if (length > ObjectLimits.LARGEST_BLOB - bytes.size() - ALIGNMENT) {
      throw ObjectLimits.tooLarge();
    }
    return bytes.extend((length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
  }

  void setInt(int at, int value) {
    bytes.setInt(at, value);
  }

  void setLong(int at, long value) {
    bytes.setLong(at, value);
  }

  /** Writes a name of at most 15 bytes; what is longer is cut, as by the kernel's own tools. */
  void setName(int at, String name) {
    byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < Math.min(encoded.length, 15); i++) {
      bytes.setByte(at + i, encoded[i]);
    }
  }

  Bytes finish() {
    return bytes.finish();
  }
}
