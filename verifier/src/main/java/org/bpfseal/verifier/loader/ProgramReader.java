// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.loader;

import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bpf.ProgramType;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/** Reads the instructions and items of one program. */
final class ProgramReader {
  private static final int PROG_LOAD = 5;
  private static final int LOAD_SIZE = 140;

  /** BTF records of the kernel are at most this large: MAX_FUNCINFO_REC_SIZE and its like. */
  private static final int RECORD_MOST = 252;

  private final InsnReader in;
  private final Blocks blocks;
  private final BlobReader blob;
  private final int mapCount;
  private final boolean hasBtf;

  ProgramReader(InsnReader in, Blocks blocks, BlobReader blob, int mapCount, boolean hasBtf) {
    this.in = in;
    this.blocks = blocks;
    this.blob = blob;
    this.mapCount = mapCount;
    this.hasBtf = hasBtf;
  }

  /** What PROG_LOAD's attribute says; the place is the attribute's. */
  private record Parts(int attribute, String license, int insnsAt, Bytes insns) {}

  LoadedProgram read(int index) throws FormatException {
    in.enter("program " + index);
    blob.enter("program " + index);
    if (index == LoaderReader.PROGRAMS_MOST) {
      throw in.fail("expected at most 32 programs");
    }
    Parts parts = parts();
    int at = parts.attribute();
    checkAttribute(at);
    if (blocks.logLevel() != at + 24) {
      throw in.fail("expected the log level in the program's attribute");
    }
    blocks.log(at + 28, at + 32);
    blocks.fromStack(at + 72, Blocks.BTF_FD);
    Optional<AttachTarget> target = blob.u32(at + 108) == 0 ? Optional.empty() : target(at);
    FinalInsns insns = new FinalInsns(parts.insns(), parts.insnsAt(), in.order(), blob);
    ExternReader externs = new ExternReader(in, blocks, blob, insns);
    externs.readAll();
    insns.check(mapCount);
    blocks.bpf(PROG_LOAD, at, LOAD_SIZE);
    externs.closeAll();
    if (target.isPresent()) {
      blocks.closeBlob(at + 112);
    }
    blocks.check();
    in.expect(Op.STX_W, 10, 7, Blocks.PROGRAM_FDS + index * LoaderReader.FD_SIZE, 0);
    return program(parts, target, externs.found());
  }

  /** The items before the attribute, whose sizes it states, and the addresses of them all. */
  private Parts parts() throws FormatException {
    int licenseAt = blob.position();
    String license = blob.text().toUtf8();
    int at = blob.ahead(blocks.storeAddress(licenseAt) - 16L, LOAD_SIZE);
    int insnsAt = blob.position();
    Bytes insns = blob.item(blob.u32(at + 4) * InsnReader.SIZE);
    blocks.storeAddress(at + 8, insnsAt);
    blocks.storeAddress(at + 80, records(at + 88, at + 76));
    blocks.storeAddress(at + 96, records(at + 104, at + 92));
    blocks.storeAddress(at + 128, records(at + 116, at + 136));
    blocks.storeAddress(at + 120, 0);
    blob.attributeAt(at, LOAD_SIZE);
    return new Parts(at, license, insnsAt, insns);
  }

  /** Moves behind records of BTF; gives where they begin. */
  private int records(int countAt, int sizeAt) throws FormatException {
    long count = blob.u32(countAt);
    long size = blob.u32(sizeAt);
    if (size > RECORD_MOST || (count > 0 && (size == 0 || !hasBtf))) {
      throw blob.fail(sizeAt, "expected no records, or of at most 252 bytes, found " + size);
    }
    int at = blob.position();
    blob.item(count * size);
    return at;
  }

  /** All fields that the inventory doesn't list are 0. */
  private void checkAttribute(int at) throws FormatException {
    blob.expectZeros(at + 8, at + 44);
    blob.expectZeros(at + 64, at + 68);
    blob.expectZeros(at + 72, at + 76);
    blob.expectZeros(at + 80, at + 88);
    blob.expectZeros(at + 96, at + 104);
    if (blob.u32(at + 108) > 1) {
      throw blob.fail(at + 108, "expected 0 or 1, found " + blob.u32(at + 108));
    }
    blob.expectZeros(at + 112, at + 116);
    blob.expectZeros(at + 120, at + 136);
  }

  private Optional<AttachTarget> target(int at) throws FormatException {
    int nameAt = blob.position();
    Bytes name = blob.text();
    Optional<BtfKind> kind = BtfKind.of(blocks.find(nameAt, name.size() + 1));
    if (kind.isEmpty()) {
      throw in.fail("expected to look for a typedef or a function");
    }
    blocks.check();
    blocks.address(0, at);
    in.expect(Op.STX_W, 0, 7, 108, 0);
    in.expect(Op.RSH_IMM, 7, 0, 0, 32);
    in.expect(Op.STX_W, 0, 7, 112, 0);
    return Optional.of(new AttachTarget(name.toUtf8(), kind.get()));
  }

  private LoadedProgram program(Parts parts, Optional<AttachTarget> target, List<Extern> externs)
      throws FormatException {
    int at = parts.attribute();
    Optional<ProgramType> type = ProgramType.of(blob.u32(at));
    if (type.isEmpty()) {
      throw blob.fail(at, "expected a program type, found " + blob.u32(at));
    }
    return new LoadedProgram(
        blob.objectName(at + 48),
        type.get(),
        blob.u32(at + 44),
        blob.u32(at + 68),
        target,
        parts.license(),
        parts.insns(),
        blob.u32(at + 88),
        blob.u32(at + 104),
        blob.u32(at + 116),
        externs);
  }
}
