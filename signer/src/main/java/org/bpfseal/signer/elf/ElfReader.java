// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.ByteReader;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads relocatable ELF64 files for the BPF machine, of either byte order.
 *
 * <pre>
 *   0  7f "ELF"  class 2  order 1 | 2  version 1 …
 *  16  u16 type 1   u16 machine 247   … 40  u64 section table
 *  58  u16 entry size 64   60  u16 sections   62  u16 section of the section names
 * </pre>
 *
 * <p>Refused: another kind of file; a table or section that isn't inside the file; no or several
 * symbol tables; names without an end. A file with 65280 sections or more keeps their number in the
 * first section header. Sections that don't matter to BPF (debug information) are read like others,
 * their content isn't looked at. See the System V ABI, chapter 4.
 */
public final class ElfReader {
  private static final String FORMAT = "ELF";
  private static final int MAGIC = 0x7f454c46;
  private static final int HEADER = 64;
  private static final int SECTION_HEADER = 64;
  private static final int TYPE_REL = 1;
  private static final int MACHINE_BPF = 247;
  private static final int XINDEX = 0xffff;

  /** More than the largest real object has by far; keeps memory in bounds. */
  private static final int MOST_SECTIONS = 1 << 17;

  /** Together, so that many sections can't share one long name. */
  private static final int LONGEST_NAMES = 4 << 20;

  private final ByteReader file;
  private final ByteOrder order;

  private ElfReader(ByteReader file) {
    this.file = file;
    order = file.order();
  }

  /** The file's sections and tables. */
  public static ElfFile read(Bytes bytes) throws FormatException {
    ByteReader ident = ByteReader.of(FORMAT, bytes, ByteOrder.BIG_ENDIAN);
    if (ident.i32() != MAGIC) {
      throw ident.failAt(0, "expected 7f 45 4c 46, found another magic number");
    }
    int fileClass = ident.u8();
    if (fileClass != 2) {
      throw ident.failAt(4, "expected class 2 (64 bits), found " + fileClass);
    }
    int data = ident.u8();
    if (data != 1 && data != 2) {
      throw ident.failAt(5, "expected byte order 1 (little) or 2 (big), found " + data);
    }
    int version = ident.u8();
    if (version != 1) {
      throw ident.failAt(6, "expected version 1, found " + version);
    }
    ByteOrder order = data == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    return new ElfReader(ByteReader.of(FORMAT, bytes, order)).file();
  }

  private ElfFile file() throws FormatException {
    ByteReader header = file.within("header", 0, HEADER);
    header.skip(16);
    int type = header.u16();
    if (type != TYPE_REL) {
      throw header.failAt(16, "expected type 1 (relocatable), found " + type);
    }
    int machine = header.u16();
    if (machine != MACHINE_BPF) {
      throw header.failAt(18, "expected machine 247 (BPF), found " + machine);
    }
    List<ElfSection> sections = sections(header);
    ElfSection symbols = symbols(sections);
    List<ElfRelocationTable> relocations = new ArrayList<>();
    for (ElfSection section : sections) {
      if (section.type() == ElfSection.REL) {
        relocations.add(relocations(section, sections.size()));
      }
    }
    return new ElfFile(order, sections, symbolTable(symbols, sections), relocations);
  }

  private List<ElfSection> sections(ByteReader header) throws FormatException {
    header.seek(40);
    long at = header.i64();
    header.seek(58);
    int entrySize = header.u16();
    if (entrySize != SECTION_HEADER) {
      throw header.failAt(58, "expected section headers of 64 bytes, found " + entrySize);
    }
    ByteReader first = file.within("section 0", at, SECTION_HEADER);
    long count = header.u16();
    long names = header.u16();
    if (count == 0) {
      first.seek(32);
      count = first.i64();
    }
    if (names == XINDEX) {
      first.seek(40);
      names = first.u32();
    }
    if (count < 1 || count > MOST_SECTIONS) {
      throw header.failAt(
          60,
          "expected 1 to " + MOST_SECTIONS + " sections, found " + Long.toUnsignedString(count));
    }
    if (names >= count) {
      throw header.failAt(
          62, "expected section names in one of " + count + " sections, found " + names);
    }
    ByteReader table = file.within("section table", at, count * SECTION_HEADER);
    return sections(table, (int) count, (int) names);
  }

  private List<ElfSection> sections(ByteReader table, int count, int nameSection)
      throws FormatException {
    Header strings = header(table, nameSection);
    if (strings.type != ElfSection.STRTAB) {
      throw table.failAt(
          (long) nameSection * SECTION_HEADER + 4,
          "expected section names in a string table, found section type " + strings.type);
    }
    ElfStrings names = new ElfStrings(content(strings));
    List<ElfSection> sections = new ArrayList<>(count);
    long nameBytes = 0;
    for (int i = 0; i < count; i++) {
      Header header = header(table, i);
      String name = names.at(header.name, "section " + i, header.at);
      nameBytes += name.length();
      if (nameBytes > LONGEST_NAMES) {
        throw new FormatException(
            FORMAT,
            "section " + i,
            header.at,
            "expected section names of together at most " + LONGEST_NAMES + " bytes, found more");
      }
      sections.add(header.section(name, content(header)));
    }
    return sections;
  }

  /** A section header before its name and content are known to exist. */
  private record Header(
      int index,
      long at,
      long name,
      long type,
      long flags,
      long offset,
      long size,
      long link,
      long info,
      long entrySize) {
    /** An empty section may claim any offset, so its place is that of its header. */
    ElfSection section(String text, Bytes content) {
      long place = content.isEmpty() ? at : offset;
      return new ElfSection(index, text, type, flags, place, size, link, info, entrySize, content);
    }
  }

  private static Header header(ByteReader table, int index) throws FormatException {
    table.seek((long) index * SECTION_HEADER);
    long at = table.offset();
    long name = table.u32();
    long type = table.u32();
    long flags = table.i64();
    table.skip(8);
    long offset = table.i64();
    long size = table.i64();
    long link = table.u32();
    long info = table.u32();
    table.skip(8);
    return new Header(index, at, name, type, flags, offset, size, link, info, table.i64());
  }

  private Bytes content(Header header) throws FormatException {
    if (header.type == ElfSection.NULL || header.type == ElfSection.NOBITS || header.size == 0) {
      return Bytes.EMPTY;
    }
    return file.within("section " + header.index, header.offset, header.size).all();
  }

  private ElfSection symbols(List<ElfSection> sections) throws FormatException {
    Optional<ElfSection> found = Optional.empty();
    for (ElfSection section : sections) {
      if (section.type() == ElfSection.SYMTAB) {
        if (found.isPresent()) {
          throw problem(section, "expected one symbol table, found a second one");
        }
        found = Optional.of(section);
      }
    }
    return found.orElseThrow(
        () -> file.failAt(0, "expected a symbol table, found none: was the file stripped?"));
  }

  private ElfSymbolTable symbolTable(ElfSection section, List<ElfSection> sections)
      throws FormatException {
    checkEntries(section, ElfSymbolTable.ENTRY);
    if (section.link() == 0
        || section.link() >= sections.size()
        || sections.get((int) section.link()).type() != ElfSection.STRTAB) {
      throw problem(
          section, "expected a string table for the names, found section " + section.link());
    }
    Bytes names = sections.get((int) section.link()).content();
    Bytes extended =
        sections.stream()
            .filter(
                other -> other.type() == ElfSection.SYMTAB_SHNDX && other.link() == section.index())
            .findFirst()
            .map(ElfSection::content)
            .orElse(Bytes.EMPTY);
    return new ElfSymbolTable(
        ordered(section), section.offset(), new ElfStrings(names), extended, sections.size());
  }

  private ElfRelocationTable relocations(ElfSection section, int sections) throws FormatException {
    checkEntries(section, ElfRelocationTable.ENTRY);
    if (section.info() >= sections) {
      throw problem(
          section,
          "expected one of " + sections + " sections to relocate, found " + section.info());
    }
    return new ElfRelocationTable(section, ordered(section));
  }

  private static void checkEntries(ElfSection section, int size) throws FormatException {
    if (section.entrySize() != size) {
      throw problem(
          section,
          "expected entries of "
              + size
              + " bytes, found "
              + Long.toUnsignedString(section.entrySize()));
    }
    if (section.size() % size != 0) {
      throw problem(
          section,
          "expected a multiple of "
              + size
              + " bytes, found "
              + Long.toUnsignedString(section.size()));
    }
  }

  private ByteBuffer ordered(ElfSection section) {
    return section.content().buffer().order(order);
  }

  private static FormatException problem(ElfSection section, String problem) {
    return new FormatException(
        FORMAT, "section " + section.index() + " " + section.name(), section.offset(), problem);
  }
}
