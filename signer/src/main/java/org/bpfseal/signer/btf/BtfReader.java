// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.btf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.bpfseal.verifier.bytes.ByteReader;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads a {@code .BTF} section and checks every reference in it.
 *
 * <pre>
 *   u16 magic eb9f   u8 version 1   u8 flags 0   u32 header length
 *   u32 types offset   u32 types length   u32 strings offset   u32 strings length     from the end of the header
 *   type: u32 name   u32 kind &lt;&lt; 24 | elements   u32 size or type   what the kind adds
 * </pre>
 *
 * <p>Refused: parts outside the section or in the wrong order, unknown kinds, ids and names that
 * don't exist, chains of types that never end, data sections with an entry that is neither variable
 * nor function. See {@code Documentation/bpf/btf.rst} at 7.3 and {@code btf_sanity_check()} of
 * libbpf 1.8.
 */
public final class BtfReader {
  private static final String FORMAT = "BTF";
  private static final int MAGIC = 0xeb9f;
  private static final int HEADER = 24;
  private static final int TYPE = 12;

  private final ByteBuffer buffer;
  private final BtfHeader header;

  private BtfReader(Bytes bytes, BtfHeader header) {
    this.header = header;
    buffer = bytes.buffer().order(header.order());
  }

  /**
   * Reads the section.
   *
   * @param at its offset from the start of the file, so that refusals can count from there
   */
  public static Btf read(Bytes bytes, long at, ByteOrder order) throws FormatException {
    BtfHeader header = header(bytes, at, order);
    BtfReader reader = new BtfReader(bytes, header);
    int[] types = reader.offsets();
    Btf btf = new Btf(bytes, header, types);
    for (int id = 1; id < types.length; id++) {
      reader.checkReferences(btf, id);
    }
    BtfCycles.check(btf);
    return btf;
  }

  private static BtfHeader header(Bytes bytes, long at, ByteOrder order) throws FormatException {
    ByteReader in = ByteReader.of(FORMAT, bytes, order);
    try {
      return header(in, at);
    } catch (FormatException e) {
      // The reader counts from the section, everybody else from the file.
      throw new FormatException(FORMAT, "header", at + e.offset(), e.problem());
    }
  }

  private static BtfHeader header(ByteReader in, long at) throws FormatException {
    int magic = in.u16();
    if (magic != MAGIC) {
      throw in.failAt(0, "expected magic number eb9f, found " + Integer.toHexString(magic));
    }
    int version = in.u8();
    if (version != 1) {
      throw in.failAt(2, "expected version 1, found " + version);
    }
    int flags = in.u8();
    if (flags != 0) {
      throw in.failAt(3, "expected no flags, found " + flags);
    }
    long length = in.u32();
    long types = in.u32();
    long typesLength = in.u32();
    long strings = in.u32();
    long stringsLength = in.u32();
    int size = in.all().size();
    if (length < HEADER || length > size) {
      throw in.failAt(4, "expected a header of 24 to " + size + " bytes, found " + length);
    }
    if (types % 4 != 0 || types + typesLength > strings) {
      throw in.failAt(
          8,
          "expected types before the strings at "
              + strings
              + ", found "
              + typesLength
              + " bytes at "
              + types);
    }
    if (stringsLength == 0 || length + strings + stringsLength > size) {
      throw in.failAt(
          16,
          "expected strings inside "
              + size
              + " bytes, found "
              + stringsLength
              + " bytes at "
              + strings);
    }
    int begin = (int) (length + strings);
    if (in.all().at(begin) != 0 || in.all().at(begin + (int) stringsLength - 1) != 0) {
      throw in.failAt(begin, "expected strings that begin and end with NUL, found others");
    }
    return new BtfHeader(
        in.order(),
        at,
        (int) length,
        (int) (length + types),
        (int) typesLength,
        begin,
        (int) stringsLength);
  }

  private int[] offsets() throws FormatException {
    int end = header.types() + header.typesLength();
    int[] offsets = new int[64];
    int count = 1;
    for (int at = header.types(); at < end; count++) {
      if (count == offsets.length) {
        offsets = Arrays.copyOf(offsets, 2 * count);
      }
      offsets[count] = at;
      if (end - at < TYPE) {
        throw problem(count, at, "expected 12 more bytes, found " + (end - at));
      }
      int info = buffer.getInt(at + 4);
      int kind = info >>> 24 & 31;
      if (kind == 0 || kind >= BtfKind.count()) {
        throw problem(count, at + 4L, "expected kind 1 to 19, found " + kind);
      }
      int extra = BtfKind.of(kind).extra(info & 0xffff);
      if (end - at - TYPE < extra) {
        throw problem(count, at, "expected " + (TYPE + extra) + " more bytes, found " + (end - at));
      }
      at += TYPE + extra;
    }
    return Arrays.copyOf(offsets, count);
  }

  private void checkReferences(Btf btf, int id) throws FormatException {
    BtfKind kind = btf.kind(id);
    int at = btf.offset(id);
    checkName(id, at);
    if (kind.refersToType()) {
      checkType(btf, id, at + 8);
      if (kind == BtfKind.FUNC && btf.kind(btf.sizeOrType(id)) != BtfKind.FUNC_PROTO) {
        throw problem(
            id, at + 8L, "expected a function's prototype, found type " + btf.sizeOrType(id));
      }
    }
    switch (kind) {
      case ARRAY -> {
        checkType(btf, id, at + 12);
        checkType(btf, id, at + 16);
      }
      case STRUCT, UNION -> {
        for (int i = 0; i < btf.elements(id); i++) {
          checkName(id, at + 12 + i * 12);
          checkType(btf, id, at + 12 + i * 12 + 4);
        }
      }
      case ENUM, ENUM64 -> {
        for (int i = 0; i < btf.elements(id); i++) {
          checkName(id, at + kind.extra(i) + 12);
        }
      }
      case FUNC_PROTO -> {
        for (int i = 0; i < btf.elements(id); i++) {
          checkName(id, at + 12 + i * 8);
          checkType(btf, id, at + 12 + i * 8 + 4);
        }
      }
      case DATASEC -> checkEntries(btf, id, at);
      case VOID,
          INT,
          PTR,
          FWD,
          TYPEDEF,
          VOLATILE,
          CONST,
          RESTRICT,
          FUNC,
          VAR,
          FLOAT,
          DECL_TAG,
          TYPE_TAG -> {}
    }
  }

  private void checkEntries(Btf btf, int id, int at) throws FormatException {
    for (int i = 0; i < btf.elements(id); i++) {
      int entry = at + 12 + i * 12;
      checkType(btf, id, entry);
      BtfKind kind = btf.kind(btf.entryType(id, i));
      if (kind != BtfKind.VAR && kind != BtfKind.FUNC) {
        throw problem(
            id, entry, "expected a variable or a function, found type " + btf.entryType(id, i));
      }
    }
  }

  private void checkName(int id, int at) throws FormatException {
    long name = Integer.toUnsignedLong(buffer.getInt(at));
    if (name >= header.stringsLength()) {
      throw problem(
          id,
          at,
          "expected a name inside "
              + header.stringsLength()
              + " bytes of strings, found offset "
              + name);
    }
  }

  private void checkType(Btf btf, int id, int at) throws FormatException {
    long type = Integer.toUnsignedLong(buffer.getInt(at));
    if (type >= btf.count()) {
      throw problem(id, at, "expected a type from 0 to " + (btf.count() - 1) + ", found " + type);
    }
  }

  private FormatException problem(int id, long offset, String problem) {
    return header.problem("type " + id, offset, problem);
  }
}
