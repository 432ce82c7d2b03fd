// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Builds little-endian objects that no compiler would write; sections are numbered from 1. */
public final class ElfBuilder {
  private final List<ByteBuffer> headers = new ArrayList<>();
  private final ByteArrayOutputStream contents = new ByteArrayOutputStream();
  private final ByteArrayOutputStream names = new ByteArrayOutputStream();

  /** Begins with the empty section. */
  public ElfBuilder() {
    names.write(0);
    headers.add(buffer(64));
  }

  /** A buffer in the order of the file. */
  public static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** All bytes of a buffer, whatever its position. */
  public static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.capacity()];
    buffer.duplicate().clear().get(bytes);
    return bytes;
  }

  /** A symbol. */
  public static ByteBuffer symbol(
      ByteBuffer to, int type, int binding, int section, long at, long size) {
    return to.putInt(1)
        .put((byte) ((binding << 4) | type))
        .put((byte) 0)
        .putShort((short) section)
        .putLong(at)
        .putLong(size);
  }

  /** Adds a section and gives its index. */
  public int add(String name, int type, int flags, byte[] content, int link, int info, int entry) {
    return add(name, type, flags, content, content.length, link, info, entry);
  }

  /** Adds a section whose size isn't that of its content. */
  public int add(
      String name, int type, int flags, byte[] content, long size, int link, int info, int entry) {
    ByteBuffer header = buffer(64);
    header.putInt(names.size()).putInt(type).putLong(flags).putLong(0);
    header.putLong(64L + contents.size()).putLong(size).putInt(link).putInt(info);
    header.putLong(1).putLong(entry);
    headers.add(header);
    names.writeBytes((name + "\0").getBytes(StandardCharsets.UTF_8));
    contents.writeBytes(content);
    return headers.size() - 1;
  }

  /** A section with the one name {@code f}, which {@link #symbol} refers to. */
  public int addNames() {
    return add(".strtab", 3, 0, new byte[] {0, 'f', 0}, 0, 0, 0);
  }

  /** The file. */
  public byte[] build() {
    int index = add(".shstrtab", 3, 0, new byte[0], 0, 0, 0);
    headers.get(index).putLong(32, names.size());
    contents.writeBytes(names.toByteArray());
    ByteBuffer file = buffer(64 + contents.size() + 64 * headers.size());
    file.putInt(0x464c457f).putInt(0x00010102).putLong(0);
    file.putShort((short) 1).putShort((short) 247).putInt(1).putLong(0).putLong(0);
    file.putLong(64L + contents.size()).putInt(0).putShort((short) 64).putShort((short) 0);
    file.putShort((short) 0).putShort((short) 64);
    boolean many = headers.size() >= 0xff00;
    file.putShort((short) (many ? 0 : headers.size()));
    file.putShort((short) (many ? 0xffff : index));
    if (many) {
      headers.getFirst().putLong(32, headers.size()).putInt(40, index);
    }
    file.put(contents.toByteArray());
    headers.forEach(header -> file.put(bytes(header)));
    return bytes(file);
  }
}
