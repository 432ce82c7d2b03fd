// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.btf;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.bpfseal.verifier.bytes.ByteReader;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads a {@code .BTF.ext} section.
 *
 * <pre>
 *   u16 magic eb9f   u8 version 1   u8 flags 0   u32 header length
 *   u32 offset   u32 length                of functions, lines and, from 32 bytes on, CO-RE relocations
 *   part:  u32 record size, then blocks:  u32 section's name   u32 count   records
 * </pre>
 *
 * <p>Refused: parts outside the section, records smaller than defined, blocks without records,
 * names that don't exist. See {@code btf_ext_parse()} of libbpf 1.8.
 */
public final class BtfExtReader {
  private static final String FORMAT = "BTF.ext";
  private static final int MAGIC = 0xeb9f;
  private static final int SMALLEST_HEADER = 24;
  private static final int HEADER_WITH_CORE = 32;

  /** More than any object has sections. */
  private static final int MOST_BLOCKS = 1 << 14;

  private final ByteReader in;
  private final Btf btf;
  private final long at;

  private BtfExtReader(ByteReader in, Btf btf, long at) {
    this.in = in;
    this.btf = btf;
    this.at = at;
  }

  /**
   * Reads the section.
   *
   * @param at its offset from the start of the file, so that refusals can count from there
   * @param btf where its names are
   */
  public static BtfExt read(Bytes bytes, long at, ByteOrder order, Btf btf) throws FormatException {
    try {
      return new BtfExtReader(ByteReader.of(FORMAT, bytes, order), btf, at).section();
    } catch (FormatException e) {
      if (!e.format().equals(FORMAT)) {
        throw e;
      }
      // The reader counts from the section, everybody else from the file.
      throw new FormatException(FORMAT, e.path(), at + e.offset(), e.problem());
    }
  }

  private BtfExt section() throws FormatException {
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
    if (length < SMALLEST_HEADER || length > in.all().size()) {
      throw in.failAt(
          4, "expected a header of 24 to " + in.all().size() + " bytes, found " + length);
    }
    RecordTable functions = table("functions", length, 8);
    RecordTable lines = table("lines", length, 16);
    RecordTable core =
        length >= HEADER_WITH_CORE ? table("CO-RE relocations", length, 16) : RecordTable.EMPTY;
    return new BtfExt(functions, lines, core);
  }

  private RecordTable table(String name, long header, int smallestRecord) throws FormatException {
    int field = in.position();
    long offset = in.u32();
    long length = in.u32();
    if (length == 0) {
      return RecordTable.EMPTY;
    }
    if (offset % 4 != 0) {
      throw in.failAt(field, "expected an offset that is a multiple of 4, found " + offset);
    }
    ByteReader part = in.within(name, header + offset, length);
    long recordSize = part.u32();
    if (recordSize < smallestRecord || recordSize % 4 != 0 || recordSize > part.all().size()) {
      throw part.failAt(
          0, "expected records of at least " + smallestRecord + " bytes, found " + recordSize);
    }
    if (part.atEnd()) {
      throw part.fail("expected records, found none");
    }
    return new RecordTable((int) recordSize, blocks(part, recordSize));
  }

  private List<RecordTable.Block> blocks(ByteReader part, long recordSize) throws FormatException {
    List<RecordTable.Block> blocks = new ArrayList<>();
    while (!part.atEnd()) {
      if (blocks.size() == MOST_BLOCKS) {
        throw part.fail("expected at most " + MOST_BLOCKS + " blocks, found more");
      }
      int start = part.position();
      long name = part.u32();
      if (name >= btf.header().stringsLength()) {
        throw part.failAt(
            start,
            "expected a name inside "
                + btf.header().stringsLength()
                + " bytes of strings, found offset "
                + name);
      }
      long count = part.u32();
      if (count == 0) {
        throw part.failAt(start + 4L, "expected at least one record, found none");
      }
      long recordsAt = at + part.offset();
      Bytes records = part.bytes(count * recordSize);
      blocks.add(new RecordTable.Block(btf.text((int) name), recordsAt, records));
    }
    return blocks;
  }
}
