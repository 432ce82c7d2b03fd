// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import org.bpfseal.verifier.bytes.Bytes;

/**
 * The header of a newc entry.
 *
 * <pre>
 *   0    070701, or 070702 with a check sum of the content
 *   6    13 fields of 8 hex digits, of both cases: inode, mode, uid, gid, links, mtime, content size,
 *        device 0 1, special device 0 1, name size, check sum
 * </pre>
 *
 * @param summed whether the check sum counts
 * @param mode the lower 16 bits of the field, as the kernel takes it
 * @param file what tells hard links apart: inode, device and type
 * @param special of a device, 12 bits and 20 bits
 * @param sum of the content's bytes
 */
record NewcHeader(
    boolean summed,
    int mode,
    FileId file,
    long owner,
    long group,
    long links,
    long contentSize,
    int special,
    long nameSize,
    long sum) {
  static final int SIZE = 110;
  private static final int MAGIC = 6;
  private static final int FIELDS = 13;
  private static final int DIGITS = 8;
  private static final int MINOR_BITS = 20;
  private static final Bytes PLAIN = Bytes.utf8("070701");
  private static final Bytes SUMMED = Bytes.utf8("070702");

  /** Entries of which this is equal are names of one file. */
  record FileId(long inode, long major, long minor, int type) {}

  /** What keeps the kernel from reading on; empty if nothing does. */
  static String problem(Bytes header) {
    Bytes magic = header.slice(0, MAGIC);
    if (!magic.equals(PLAIN) && !magic.equals(SUMMED)) {
      return "expected 070701 or 070702, found " + magic;
    }
    for (int i = MAGIC; i < SIZE; i++) {
      if (Character.digit((char) header.at(i), 16) < 0) {
        return "expected hex digits, found another byte at " + (i - MAGIC);
      }
    }
    return "";
  }

  /** Reads one that has no problem. */
  static NewcHeader read(Bytes header) {
    long[] fields = new long[FIELDS];
    for (int i = 0; i < FIELDS * DIGITS; i++) {
      fields[i / DIGITS] =
          fields[i / DIGITS] << 4 | Character.digit((char) header.at(MAGIC + i), 16);
    }
    int mode = (int) fields[1] & 0xffff;
    return new NewcHeader(
        header.startsWith(SUMMED),
        mode,
        new FileId(fields[0], fields[7], fields[8], mode & RootNode.TYPE),
        fields[2],
        fields[3],
        fields[4],
        fields[6],
        (int) (fields[9] << MINOR_BITS | fields[10]),
        fields[11],
        fields[12]);
  }

  boolean isFile() {
    return (mode & RootNode.TYPE) == RootNode.FILE;
  }

  boolean isFolder() {
    return (mode & RootNode.TYPE) == RootNode.FOLDER;
  }

  boolean isLink() {
    return (mode & RootNode.TYPE) == RootNode.LINK;
  }

  /** A FIFO, a socket or a device. */
  boolean isSpecial() {
    return switch (mode & RootNode.TYPE) {
      case 0010000, 0020000, 0060000, 0140000 -> true;
      default -> false;
    };
  }

  /** From the header's end to the content, which is at a multiple of 4 from the header's begin. */
  long paddedNameSize() {
    return ((nameSize + 1) & ~3L) + 2;
  }
}
