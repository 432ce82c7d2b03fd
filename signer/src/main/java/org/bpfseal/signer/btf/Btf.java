// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.btf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * The types of one {@code .BTF} section, found by id: a view of its bytes, not a copy.
 *
 * <p>Every id and name offset in it exists, and no chain of typedefs, qualifiers and arrays is
 * endless. Id 0 is {@code void}.
 */
public final class Btf {
  public static final int STATIC = 0;
  public static final int GLOBAL = 1;
  public static final int EXTERN = 2;

  /** {@code KSYM_NAME_LEN} − 1 of {@code include/linux/kallsyms.h}: the kernel takes no longer. */
  private static final int LONGEST_NAME = 511;

  /** {@code MAX_RESOLVE_DEPTH} of libbpf's {@code btf.c} at 1.8. */
  private static final int DEEPEST = 32;

  private static final int POINTER = 8;
  private static final long NO_SIZE = -1;

  private final Bytes bytes;
  private final ByteBuffer buffer;
  private final BtfHeader header;
  private final int[] types;

  /**
   * @param types offset of each type in {@code bytes}, by id
   */
  Btf(Bytes bytes, BtfHeader header, int[] types) {
    this.bytes = bytes;
    this.header = header;
    this.types = types;
    buffer = bytes.buffer().order(header.order());
  }

  /** The whole section, as it is uploaded to the kernel. */
  public Bytes bytes() {
    return bytes;
  }

  public ByteOrder order() {
    return header.order();
  }

  /** One more than the largest id. */
  public int count() {
    return types.length;
  }

  public BtfKind kind(int id) {
    return id == 0 ? BtfKind.VOID : BtfKind.of(buffer.getInt(types[id] + 4) >>> 24 & 31);
  }

  /** How many members, values, parameters or entries follow. */
  public int elements(int id) {
    return id == 0 ? 0 : buffer.getInt(types[id] + 4) & 0xffff;
  }

  /** The third word: a type's id, or a size in bytes; unsigned. */
  public int sizeOrType(int id) {
    return id == 0 ? 0 : buffer.getInt(types[id] + 8);
  }

  /** Offset of the name in the string table; 0 for none. */
  public int nameOffset(int id) {
    return id == 0 ? 0 : buffer.getInt(types[id]);
  }

  /**
   * The name of a type; empty if it has none.
   *
   * @throws FormatException if it is longer than the kernel allows
   */
  public String name(int id) throws FormatException {
    return text(nameOffset(id));
  }

  /** A text of the string table by its offset. */
  public String text(int offset) throws FormatException {
    int begin = header.strings() + offset;
    int limit = Math.min(header.strings() + header.stringsLength(), begin + LONGEST_NAME + 1);
    for (int i = begin; i < limit; i++) {
      if (buffer.get(i) == 0) {
        return i == begin ? "" : bytes.slice(begin, i).toUtf8();
      }
    }
    throw header.problem(
        "strings", begin, "expected a name of at most " + LONGEST_NAME + " bytes, found more");
  }

  /** Whether the name of a type is this one; nothing is decoded. */
  boolean isNamed(int id, Bytes name) {
    int begin = header.strings() + nameOffset(id);
    int end = begin + name.size();
    if (end >= header.strings() + header.stringsLength() || buffer.get(end) != 0) {
      return false;
    }
    return bytes.slice(begin, end).equals(name);
  }

  /** The first type of that name, or 0. */
  public int named(String name) {
    Bytes wanted = Bytes.utf8(name);
    for (int id = 1; id < types.length; id++) {
      if (isNamed(id, wanted)) {
        return id;
      }
    }
    return 0;
  }

  /** The first type of that name and kind, or 0. */
  public int named(String name, BtfKind kind) {
    Bytes wanted = Bytes.utf8(name);
    for (int id = 1; id < types.length; id++) {
      if (kind(id) == kind && isNamed(id, wanted)) {
        return id;
      }
    }
    return 0;
  }

  /** The type behind typedefs, qualifiers and tags. */
  public int unmodified(int id) {
    int found = id;
    while (kind(found).isModifier()) {
      found = sizeOrType(found);
    }
    return found;
  }

  /** Bytes that a value of the type takes, or −1 if it has no size. */
  public long size(int id) {
    long count = 1;
    int current = id;
    for (int depth = 0; depth < DEEPEST; depth++) {
      switch (kind(current)) {
        case INT, STRUCT, UNION, ENUM, DATASEC, FLOAT, ENUM64 -> {
          return within32Bits(count * Integer.toUnsignedLong(sizeOrType(current)));
        }
        case PTR -> {
          return within32Bits(count * POINTER);
        }
        case TYPEDEF, VOLATILE, CONST, RESTRICT, VAR, DECL_TAG, TYPE_TAG ->
            current = sizeOrType(current);
        case ARRAY -> {
          count = within32Bits(count * arrayLength(current));
          if (count < 0) {
            return NO_SIZE;
          }
          current = arrayElement(current);
        }
        case VOID, FWD, FUNC, FUNC_PROTO -> {
          return NO_SIZE;
        }
      }
    }
    return NO_SIZE;
  }

  private static long within32Bits(long size) {
    return size >>> 32 == 0 ? size : NO_SIZE;
  }

  public int arrayElement(int id) {
    return buffer.getInt(types[id] + 12);
  }

  public long arrayLength(int id) {
    return Integer.toUnsignedLong(buffer.getInt(types[id] + 20));
  }

  /** {@link #STATIC}, {@link #GLOBAL} or {@link #EXTERN} of a VAR or FUNC. */
  public int linkage(int id) {
    return kind(id) == BtfKind.VAR ? buffer.getInt(types[id] + 12) : elements(id);
  }

  /** An INT's encoding: bit 0 signed, bit 1 character, bit 2 boolean. */
  public int intEncoding(int id) {
    return buffer.getInt(types[id] + 12) >>> 24 & 15;
  }

  public int intBits(int id) {
    return buffer.getInt(types[id] + 12) & 0xff;
  }

  /** The value of an ENUM's first enumerator, sign-extended, or of an ENUM64's. */
  public long firstValue(int id) {
    int low = buffer.getInt(types[id] + 12 + 4);
    return kind(id) == BtfKind.ENUM
        ? low
        : (long) buffer.getInt(types[id] + 12 + 8) << 32 | Integer.toUnsignedLong(low);
  }

  /** What a DECL_TAG speaks of: a member or parameter, or −1 for the whole type. */
  public int tagComponent(int id) {
    return buffer.getInt(types[id] + 12);
  }

  public String memberName(int id, int member) throws FormatException {
    return text(buffer.getInt(element(id, member, 12)));
  }

  public int memberType(int id, int member) {
    return buffer.getInt(element(id, member, 12) + 4);
  }

  /** Offset of a member, unsigned; the upper byte is a bit field's size in newer structures. */
  public int memberBitOffset(int id, int member) {
    int offset = buffer.getInt(element(id, member, 12) + 8);
    return buffer.getInt(types[id] + 4) < 0 ? offset & 0xff_ffff : offset;
  }

  public int parameterNameOffset(int id, int parameter) {
    return buffer.getInt(element(id, parameter, 8));
  }

  public int parameterType(int id, int parameter) {
    return buffer.getInt(element(id, parameter, 8) + 4);
  }

  /** The VAR or FUNC of a DATASEC's entry. */
  public int entryType(int id, int entry) {
    return buffer.getInt(element(id, entry, 12));
  }

  /** Offset of an entry in its section, unsigned. */
  public int entryOffset(int id, int entry) {
    return buffer.getInt(element(id, entry, 12) + 4);
  }

  public int entrySize(int id, int entry) {
    return buffer.getInt(element(id, entry, 12) + 8);
  }

  /** The refusal of a type. */
  public FormatException problem(int id, String problem) {
    return header.problem("type " + id, offset(id), problem);
  }

  /** Offset of a type in the section. */
  int offset(int id) {
    return id == 0 ? header.types() : types[id];
  }

  BtfHeader header() {
    return header;
  }

  private int element(int id, int index, int size) {
    return types[id] + 12 + index * size;
  }
}
