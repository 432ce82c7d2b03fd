// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.btf;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Changes a copy of a {@code .BTF} section in place: types keep their order and ids, so that the
 * numbers in {@code .BTF.ext} stay right.
 */
public final class BtfEditor {
  private static final int HEADER = 24;
  private static final int VARIABLE = 16;
  private static final int ENTRY = 12;

  private byte[] bytes;
  private ByteBuffer buffer;
  private Btf view;

  /** Begins with the section as it is. */
  public BtfEditor(Btf btf) {
    bytes = btf.bytes().toArray();
    buffer = ByteBuffer.wrap(bytes).order(btf.order());
    view = new Btf(Bytes.owning(bytes), btf.header(), offsets(btf));
  }

  /** What the section is at the moment; it changes with further edits. */
  public Btf view() {
    return view;
  }

  /** The section after the last edit. */
  public Btf finish() {
    return view;
  }

  /**
   * Appends a variable behind the last type and, if no string equals its name, the name behind the
   * last string. Types and strings then follow the header without gaps.
   *
   * @return the variable's id
   */
  public int appendVariable(String name, int type, int linkage) {
    BtfHeader old = view.header();
    Bytes text = Bytes.utf8(name);
    int known = stringOffset(text);
    int nameLength = known < 0 ? text.size() + 1 : 0;
    int typesLength = old.typesLength() + VARIABLE;
    int strings = old.length() + typesLength;
    byte[] longer = new byte[strings + old.stringsLength() + nameLength];
    System.arraycopy(bytes, 0, longer, 0, old.length());
    System.arraycopy(bytes, old.types(), longer, old.length(), old.typesLength());
    System.arraycopy(bytes, old.strings(), longer, strings, old.stringsLength());
    if (known < 0) {
      text.copyTo(longer, strings + old.stringsLength());
    }
    int[] types = Arrays.copyOf(offsets(view), view.count() + 1);
    int shift = old.length() - old.types();
    for (int id = 1; id < view.count(); id++) {
      types[id] += shift;
    }
    types[view.count()] = old.length() + old.typesLength();
    bytes = longer;
    buffer = ByteBuffer.wrap(longer).order(old.order());
    BtfHeader header =
        new BtfHeader(
            old.order(),
            old.at(),
            old.length(),
            old.length(),
            typesLength,
            strings,
            old.stringsLength() + nameLength);
    writeHeader(header);
    buffer
        .putInt(types[view.count()], known < 0 ? old.stringsLength() : known)
        .putInt(types[view.count()] + 4, BtfKind.VAR.number() << 24)
        .putInt(types[view.count()] + 8, type)
        .putInt(types[view.count()] + 12, linkage);
    view = new Btf(Bytes.owning(bytes), header, types);
    return types.length - 1;
  }

  private void writeHeader(BtfHeader header) {
    buffer
        .putInt(HEADER - 16, 0)
        .putInt(HEADER - 12, header.typesLength())
        .putInt(HEADER - 8, header.typesLength())
        .putInt(HEADER - 4, header.stringsLength());
  }

  /** Offset of the first whole string that is this one, or −1. */
  private int stringOffset(Bytes text) {
    BtfHeader header = view.header();
    Bytes strings = view.bytes().slice(header.strings(), header.strings() + header.stringsLength());
    for (int at = 0; at < strings.size(); ) {
      int end = strings.indexOf(0, at);
      if (end - at == text.size() && strings.slice(at, end).equals(text)) {
        return at;
      }
      at = end + 1;
    }
    return -1;
  }

  public void setVariableLinkage(int id, int linkage) {
    buffer.putInt(view.offset(id) + 12, linkage);
  }

  public void setVariableType(int id, int type) {
    buffer.putInt(view.offset(id) + 8, type);
  }

  /** Sets a function's linkage and leaves the other bits of its second word. */
  public void setFunctionLinkage(int id, int linkage) {
    int at = view.offset(id) + 4;
    buffer.putInt(at, (buffer.getInt(at) & 0xffff_0000) | linkage);
  }

  /** Makes a function static, with no other bit set. */
  public void makeFunctionStatic(int id) {
    buffer.putInt(view.offset(id) + 4, BtfKind.FUNC.number() << 24);
  }

  public void setParameterName(int id, int parameter, int nameOffset) {
    buffer.putInt(view.offset(id) + 12 + parameter * 8, nameOffset);
  }

  /** Sets the size of a data section. */
  public void setSectionSize(int id, int size) {
    buffer.putInt(view.offset(id) + 8, size);
  }

  public void setEntryType(int id, int entry, int type) {
    buffer.putInt(entryAt(id, entry), type);
  }

  public void setEntryOffset(int id, int entry, int offset) {
    buffer.putInt(entryAt(id, entry) + 4, offset);
  }

  public void setEntrySize(int id, int entry, int size) {
    buffer.putInt(entryAt(id, entry) + 8, size);
  }

  /** Sorts the entries of a data section by offset; equal ones keep their order. */
  public void sortEntries(int id) {
    int count = view.elements(id);
    boolean sorted = true;
    for (int i = 1; i < count && sorted; i++) {
      sorted = Integer.compareUnsigned(view.entryOffset(id, i - 1), view.entryOffset(id, i)) <= 0;
    }
    if (sorted) {
      return;
    }
    int first = entryAt(id, 0);
    byte[] old = Arrays.copyOfRange(bytes, first, first + count * ENTRY);
    int[] offsets = IntStream.range(0, count).map(i -> view.entryOffset(id, i)).toArray();
    int[] order =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingLong(i -> Integer.toUnsignedLong(offsets[i])))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i = 0; i < count; i++) {
      System.arraycopy(old, order[i] * ENTRY, bytes, first + i * ENTRY, ENTRY);
    }
  }

  private int entryAt(int id, int entry) {
    return view.offset(id) + 12 + entry * ENTRY;
  }

  private static int[] offsets(Btf btf) {
    return IntStream.range(0, btf.count()).map(btf::offset).toArray();
  }
}
