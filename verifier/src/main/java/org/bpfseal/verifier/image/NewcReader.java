// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.image;

import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads newc entries as the kernel does: init/initramfs.c at 7.3.
 *
 * <pre>
 *   0    070701, or 070702 with a check sum of the content
 *   6    13 fields of 8 hex digits: inode, mode, uid, gid, links, mtime, content size, device 0 1,
 *        special device 0 1, name size, check sum
 *   110  name, NUL, padding up to a multiple of 4; content, padding up to a multiple of 4
 * </pre>
 *
 * <p>Like the kernel it takes digits of both cases, any byte as padding behind a name, zeros
 * between entries, and goes on behind a trailer. Stricter than the kernel it refuses what the
 * kernel passes over in silence: entries cut off by the end, names of no or more than 4096 bytes or
 * with a NUL inside or more than 64 parts, and contents of what is neither file nor symbolic link.
 */
final class NewcReader {
  private static final int HEADER = 110;
  private static final int MAGIC = 6;
  private static final int FIELDS = 13;
  private static final int DIGITS = 8;
  private static final int PATH_MAX = 4096;
  private static final int DEPTH_MOST = 64;
  private static final String FORMAT = "image";
  private static final Bytes PLAIN = Bytes.utf8("070701");
  private static final Bytes SUMMED = Bytes.utf8("070702");

  private final Bytes bytes;
  private final int segment;
  private final List<ImageEntry> entries = new ArrayList<>();
  private int at;

  /**
   * @param at where to begin; alignment counts from the first byte
   */
  NewcReader(Bytes bytes, int at, int segment) {
    this.bytes = bytes;
    this.at = at;
    this.segment = segment;
  }

  List<ImageEntry> entries() {
    return entries;
  }

  /** Reads on while there are entries or zeros; gives where something else or the end is. */
  int readAll() throws FormatException {
    while (at < bytes.size()) {
      if (bytes.at(at) == 0) {
        at++;
      } else if (bytes.at(at) == '0' && at % 4 == 0) {
        entry();
      } else {
        break;
      }
    }
    return at;
  }

  private void entry() throws FormatException {
    boolean summed = magic();
    long[] fields = fields();
    long nameSize = fields[11];
    long contentSize = fields[6];
    int mode = (int) fields[1] & 0xffff;
    if (nameSize == 0 || nameSize > PATH_MAX) {
      throw fail("name size", "expected 1 to 4096, found " + nameSize);
    }
    long contentAt = at + HEADER + (((nameSize + 1) & ~3) + 2);
    long end = (contentAt + contentSize + 3) & ~3;
    if (contentAt + contentSize > bytes.size()) {
      throw fail("content", "expected " + contentSize + " bytes, found the end");
    }
    String name = name((int) nameSize);
    Bytes content = bytes.slice((int) contentAt, (int) (contentAt + contentSize));
    if (!name.equals("TRAILER!!!")) {
      ImageEntry entry = new ImageEntry(path(name), mode, fields[4], content, segment, at);
      check(entry, summed, fields[12]);
      entries.add(entry);
    }
    at = (int) Math.min(end, bytes.size());
  }

  private boolean magic() throws FormatException {
    if (bytes.size() - at < HEADER) {
      throw fail("header", "expected 110 bytes, found " + (bytes.size() - at));
    }
    Bytes magic = bytes.slice(at, at + MAGIC);
    if (!magic.equals(PLAIN) && !magic.equals(SUMMED)) {
      throw fail("magic", "expected 070701 or 070702, found " + magic);
    }
    return magic.equals(SUMMED);
  }

  private long[] fields() throws FormatException {
    long[] fields = new long[FIELDS];
    for (int i = 0; i < FIELDS * DIGITS; i++) {
      int digit = Character.digit((char) bytes.at(at + MAGIC + i), 16);
      if (digit < 0) {
        throw fail("header", "expected hex digits, found another byte at " + i);
      }
      fields[i / DIGITS] = fields[i / DIGITS] << 4 | digit;
    }
    return fields;
  }

  private String name(int size) throws FormatException {
    Bytes name = bytes.slice(at + HEADER, at + HEADER + size);
    if (name.indexOf(0, 0) != size - 1) {
      throw fail("name", "expected one NUL, at its end, found " + name);
    }
    return name.slice(0, size - 1).toUtf8();
  }

  private void check(ImageEntry entry, boolean summed, long sum) throws FormatException {
    if (!entry.content().isEmpty() && !entry.isFile() && !entry.isSymbolicLink()) {
      throw fail("content", "expected none, found " + entry.content().size() + " bytes");
    }
    if (entry.isSymbolicLink() && entry.content().size() > PATH_MAX) {
      throw fail("content", "expected a path, found " + entry.content().size() + " bytes");
    }
    long found = 0;
    for (int i = 0; summed && entry.isFile() && i < entry.content().size(); i++) {
      found += entry.content().at(i);
    }
    if (summed && entry.isFile() && (found & 0xffff_ffffL) != sum) {
      throw fail("check sum", "expected %x, found %x".formatted(sum, found));
    }
  }

  /** The shortest spelling; {@code ..} is refused, since it may lead through a link. */
  private String path(String name) throws FormatException {
    List<String> parts = new ArrayList<>();
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        throw fail("name", "expected no part .., found " + name);
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    if (parts.size() > DEPTH_MOST) {
      throw fail("name", "expected at most " + DEPTH_MOST + " parts, found " + parts.size());
    }
    return String.join("/", parts);
  }

  private FormatException fail(String part, String problem) {
    String path = "segment " + segment + " / entry " + (entries.size() + 1) + " / " + part;
    return new FormatException(FORMAT, path, at, problem);
  }
}
