// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.elf;

import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/** A string table: names that end with NUL, found by their offset. */
final class ElfStrings {
  /** Longer than any name that the kernel or a compiler gives a symbol or section. */
  static final int LONGEST = 1023;

  private final Bytes bytes;

  ElfStrings(Bytes bytes) {
    this.bytes = bytes;
  }

  /**
   * One name.
   *
   * @param path and {@code at} say who asks, for the refusal
   * @throws FormatException if the offset is outside or the name has no end
   */
  String at(long offset, String path, long at) throws FormatException {
    if (offset == 0 && bytes.isEmpty()) {
      return "";
    }
    if (offset >= bytes.size()) {
      throw new FormatException(
          "ELF",
          path,
          at,
          "expected a name inside " + bytes.size() + " bytes of strings, found offset " + offset);
    }
    int begin = (int) offset;
    int limit = (int) Math.min(bytes.size(), offset + LONGEST + 1);
    int end = bytes.slice(0, limit).indexOf(0, begin);
    if (end < 0) {
      throw new FormatException(
          "ELF", path, at, "expected a name of at most " + LONGEST + " bytes, found no end");
    }
    return bytes.slice(begin, end).toUtf8();
  }
}
