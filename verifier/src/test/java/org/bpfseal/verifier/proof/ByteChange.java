// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.proof;

import java.util.List;
import java.util.Random;
import org.bpfseal.verifier.bytes.Bytes;

/** Changes that know nothing of the format, as a fuzzer makes them. */
enum ByteChange {
  FLIP,
  CUT,
  APPEND,
  INSERT,
  DELETE,
  SET,
  DELETE_RANGE,
  REPEAT_RANGE,
  MOVE_RANGE,
  ZERO_RANGE,
  SWAP,
  COUNT;

  private static final List<ByteChange> ALL = List.of(values());

  /** Octets that mean something where they stand for a tag or a length. */
  private static final int[] VALUES = {
    0, 1, 2, 3, 4, 5, 6, 0x10, 0x11, 0x17, 0x18, 0x1f, 0x20, 0x24, 0x30, 0x31, 0x3f, 0x7f, 0x80,
    0x81, 0x82, 0x83, 0x84, 0xa0, 0xa1, 0xa2, 0xa3, 0xbf, 0xfe, 0xff
  };

  /** Changed bytes, and what was done. */
  record Changed(Bytes bytes, String what) {}

  static Changed of(Bytes bytes, Random random) {
    ByteChange change = ALL.get(random.nextInt(ALL.size()));
    if (bytes.isEmpty()) {
      return new Changed(Bytes.of((byte) random.nextInt(256)), APPEND.name());
    }
    // The headers of the outer elements are the first octets.
    int at = random.nextInt(random.nextInt(4) == 0 ? Math.min(40, bytes.size()) : bytes.size());
    int length = Math.min(1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 8), bytes.size() - at);
    return new Changed(change.apply(bytes, at, length, random), change + "@" + at);
  }

  private Bytes apply(Bytes bytes, int at, int length, Random random) {
    Bytes before = bytes.slice(0, at);
    Bytes range = bytes.slice(at, at + length);
    Bytes after = bytes.from(at + length);
    Bytes behind = bytes.from(at + 1);
    int other = random.nextInt(bytes.size());
    return switch (this) {
      case FLIP -> Bytes.concat(before, one(bytes.at(at) ^ (1 << random.nextInt(8))), behind);
      case CUT -> before;
      case APPEND -> Bytes.concat(bytes, range);
      case INSERT -> Bytes.concat(before, value(random), bytes.from(at));
      case DELETE -> Bytes.concat(before, behind);
      case SET -> Bytes.concat(before, value(random), behind);
      case DELETE_RANGE -> Bytes.concat(before, after);
      case REPEAT_RANGE -> Bytes.concat(before, range, range, after);
      case MOVE_RANGE -> Bytes.concat(bytes.slice(0, other), range, bytes.from(other));
      case ZERO_RANGE -> Bytes.concat(before, Bytes.owning(new byte[length]), after);
      case SWAP -> Bytes.concat(before, one(bytes.at(other)), behind);
      case COUNT -> Bytes.concat(before, one(bytes.at(at) + random.nextInt(5) - 2), behind);
    };
  }

  private static Bytes value(Random random) {
    return one(random.nextBoolean() ? VALUES[random.nextInt(VALUES.length)] : random.nextInt(256));
  }

  private static Bytes one(int octet) {
    return Bytes.of((byte) octet);
  }
}
