// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.Arrays;
import org.bpfseal.verifier.bytes.Bytes;

/** Takes what is unpacked, piece by piece as the kernel's decompressors hand it on. */
final class Pieces {
  private final NewcUnpacker unpacker;
  private final UnpackingRecord record;
  private final int most;
  private int size;

  /**
   * @param most bytes that they may become
   */
  Pieces(NewcUnpacker unpacker, UnpackingRecord record, int most) {
    this.unpacker = unpacker;
    this.record = record;
    this.most = most;
  }

  int size() {
    return size;
  }

  boolean isFull() {
    return size > most;
  }

  /** Takes the next one, unless no more is wanted; gives whether more is. */
  boolean take(byte[] buffer, int length) {
    size = (int) Math.min(Integer.MAX_VALUE, (long) size + length);
    if (!isFull() && !record.isStopped()) {
      unpacker.piece(Bytes.owning(Arrays.copyOf(buffer, length)));
    }
    return !isFull() && !record.isStopped();
  }
}
