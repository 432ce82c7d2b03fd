// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.program;

import org.bpfseal.verifier.bytes.ByteReader;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads the newc entries of a signed program's archive, each in its one allowed spelling.
 *
 * <pre>
 *   0    070701
 *   6    13 fields of 8 lower-case hex digits: inode (1, 2, 3 … in order), mode 0100644, uid 0, gid 0,
 *        links 1, mtime 0, content size, device 0 0, special device 0 0, name size, check 0
 *   110  name, NUL, zeros up to a multiple of 4; content, zeros up to a multiple of 4
 * </pre>
 *
 * <p>The trailer has inode 0, mode 0 and no content, and the file ends behind it. See cpio(5).
 */
final class MemberReader {
  /** Where the first member's name begins. */
  static final int NAME_AT = 110;

  private static final Bytes MAGIC = Bytes.utf8("070701");
  private static final String TRAILER = "TRAILER!!!";
  private static final int ALIGNMENT = 4;
  private static final int DIGITS = 8;
  private static final int MODE = 0100644;

  private final ByteReader in;
  private long inode;

  MemberReader(ByteReader in) {
    this.in = in;
  }

  /** Whether the next entry has this name; anything unreadable hasn't. */
  boolean isNext(String name) {
    Bytes all = in.all();
    long at = (long) in.position() + NAME_AT;
    return at <= all.size() && all.from((int) at).startsWith(Bytes.utf8(name + "\0"));
  }

  Member next(String name) throws FormatException {
    inode++;
    return entry(name, inode, MODE);
  }

  void end() throws FormatException {
    Member trailer = entry(TRAILER, 0, 0);
    if (!trailer.content().isEmpty()) {
      throw trailer.fail("expected no content, found " + trailer.content().size() + " bytes");
    }
    if (!in.atEnd()) {
      throw in.fail("expected the end, found " + in.remaining() + " bytes behind the trailer");
    }
  }

  FormatException fail(String problem) {
    return in.fail(problem + ", found " + in.remaining() + " other bytes");
  }

  private Member entry(String name, long number, int mode) throws FormatException {
    ByteReader header = in.named(name);
    expect(header, "magic", MAGIC);
    expect(header, "inode", number);
    expect(header, "mode", mode);
    expect(header, "uid", 0);
    expect(header, "gid", 0);
    expect(header, "links", 1);
    expect(header, "mtime", 0);
    long size = number(header, "size");
    expect(header, "device major", 0);
    expect(header, "device minor", 0);
    expect(header, "special device major", 0);
    expect(header, "special device minor", 0);
    expect(header, "name size", name.length() + 1);
    expect(header, "check", 0);
    expect(header, "name", Bytes.utf8(name + "\0"));
    padding(header);
    long offset = header.offset();
    Bytes content = header.bytes(size);
    padding(header);
    in.seek(header.position());
    return new Member(name, content, offset);
  }

  private static void expect(ByteReader header, String field, long wanted) throws FormatException {
    int at = header.position();
    long found = number(header, field);
    if (found != wanted) {
      throw header.failAt(at, "expected %s 0x%x, found 0x%x".formatted(field, wanted, found));
    }
  }

  private static void expect(ByteReader header, String what, Bytes wanted) throws FormatException {
    int at = header.position();
    Bytes found = header.bytes(wanted.size());
    if (!found.equals(wanted)) {
      throw header.failAt(at, "expected %s \"%s\", found %s".formatted(what, text(wanted), found));
    }
  }

  private static String text(Bytes wanted) {
    return wanted.toUtf8().replace("\0", "");
  }

  private static long number(ByteReader header, String field) throws FormatException {
    int at = header.position();
    Bytes digits = header.bytes(DIGITS);
    long number = 0;
    for (int i = 0; i < DIGITS; i++) {
      int c = digits.at(i);
      int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
      if (digit < 0) {
        throw header.failAt(at, "expected " + field + " in lower-case hex, found " + digits);
      }
      number = number << 4 | digit;
    }
    return number;
  }

  private static void padding(ByteReader header) throws FormatException {
    while (header.position() % ALIGNMENT != 0) {
      int at = header.position();
      if (header.u8() != 0) {
        throw header.failAt(at, "expected zeros up to a multiple of 4, found another byte");
      }
    }
  }
}
