// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.loader;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads a loader back: follows its instructions in the one line in which they run, with the blob's
 * items in the order in which they are used.
 *
 * <pre>
 *   insns   prologue, cleanup, [check of the blob], [BTF], maps, programs, fds into the context
 *   blob    320 fds of zeros, [BTF, attribute], maps' attributes and contents, programs' parts
 * </pre>
 *
 * <p>Every instruction must be the one that the generator emits there, every item of the blob must
 * follow the one before, and every field that isn't listed in the inventory must be 0. So the
 * loader does what the inventory says and nothing else: no other system call, no fd of the
 * caller's, no item changed through another's address. The pattern is libbpf's ({@code
 * gen_loader.c}, libbpf 1.8 of kernel 7.3), for both byte orders.
 */
public final class LoaderReader {
  static final int MAPS_MOST = 64;
  static final int PROGRAMS_MOST = 32;
  static final int FD_SIZE = 4;

  /** The context's fields behind the log's: 16 bytes a map, then the programs' fds. */
  static final int CONTEXT_MAPS = 24;

  static final int CONTEXT_MAP_SIZE = 16;

  private static final int FD_ARRAY_SIZE = 320 * FD_SIZE;
  private static final int BTF_LOAD = 18;
  private static final int BTF_LOAD_SIZE = 28;
  private static final int PROBE_READ_KERNEL = 113;

  private final InsnReader in;
  private final Blocks blocks;
  private final BlobReader blob;
  private final Bytes data;

  private LoaderReader(InsnReader in, Bytes data) {
    this.in = in;
    this.data = data;
    blocks = new Blocks(in);
    blob = new BlobReader(data, in.order());
  }

  /**
   * What the loader makes.
   *
   * @param insns the loader's instructions
   * @param data the blob
   * @throws FormatException at the first instruction ({@code loader}, an offset in the
   *     instructions) or item ({@code blob}, an offset in the blob) that isn't of the pattern
   */
  public static Inventory read(Bytes insns, Bytes data) throws FormatException {
    return new LoaderReader(InsnReader.of(insns), data).inventory();
  }

  /**
   * The SHA-256 that a loader compares its blob with before it uses it.
   *
   * @return empty for a loader that compares nothing, and for what doesn't begin as a loader does
   */
  public static Optional<Bytes> blobDigest(Bytes insns) {
    try {
      LoaderReader reader = new LoaderReader(InsnReader.of(insns), Bytes.EMPTY);
      reader.frame();
      return BlobCheck.read(reader.in, Bytes.EMPTY).digest();
    } catch (FormatException e) {
      return Optional.empty();
    }
  }

  private Inventory inventory() throws FormatException {
    int mapCount = frame();
    BlobCheck check = BlobCheck.read(in, data);
    blob.enter("fd array");
    blob.zeros(FD_ARRAY_SIZE);
    Bytes btf = in.isNextLoad(Op.LDX_W, 0, 6, 8) ? btf() : Bytes.EMPTY;
    MapReader mapReader = new MapReader(in, blocks, blob, !btf.isEmpty());
    List<LoadedMap> maps = new ArrayList<>();
    for (int i = 0; i < mapCount; i++) {
      maps.add(mapReader.read(i));
    }
    ProgramReader programReader = new ProgramReader(in, blocks, blob, mapCount, !btf.isEmpty());
    List<LoadedProgram> programs = new ArrayList<>();
    while (blocks.isAddress(0)) {
      programs.add(programReader.read(programs.size()));
    }
    end(mapCount, programs.size());
    LoaderForm form = check.form(mapReader.replaceable());
    return new Inventory(in.order(), form, check.digest(), check.matches(), btf, maps, programs);
  }

  /** Prologue and cleanup; gives the number of maps. */
  private int frame() throws FormatException {
    in.enter("prologue");
    in.expect(Op.MOV, 6, 1, 0, 0);
    in.expect(Op.MOV, 1, 10, 0, 0);
    in.expect(Op.ADD_IMM, 1, 0, 0, Blocks.BTF_FD);
    in.expect(Op.MOV_IMM, 2, 0, 0, -Blocks.BTF_FD);
    in.expect(Op.MOV_IMM, 3, 0, 0, 0);
    in.expect(Op.CALL, 0, 0, 0, PROBE_READ_KERNEL);
    int start = in.index();
    int jump = in.jump();
    in.enter("cleanup");
    int slots = cleanupOfStack();
    int maps = 0;
    while (blocks.isAddress(0) && maps < MAPS_MOST) {
      blocks.closeBlob(maps * FD_SIZE);
      maps++;
    }
    in.expect(Op.MOV, 0, 7, 0, 0);
    in.expect(Op.EXIT, 0, 0, 0, 0);
    if (in.index() != start + 1 + jump || slots < 2) {
      throw in.fail("expected a jump over the cleanup to here");
    }
    return maps;
  }

  /** Closes whatever fd is in each stack slot; gives the number of slots. */
  private int cleanupOfStack() throws FormatException {
    int slots = 0;
    while (in.isNext(Op.LDX_W, 1, 10) && slots < 2 + PROGRAMS_MOST) {
      in.expect(Op.LDX_W, 1, 10, Blocks.BTF_FD + slots * FD_SIZE, 0);
      in.expect(Op.JSLE_IMM, 1, 0, 1, 0);
      in.expect(Op.CALL, 0, 0, 0, Blocks.SYS_CLOSE);
      slots++;
    }
    return slots;
  }

  private Bytes btf() throws FormatException {
    in.enter("BTF");
    blob.enter("BTF");
    int start = blob.position();
    int attribute = blob.ahead(blocks.logLevel() - 24L, BTF_LOAD_SIZE);
    Bytes btf = blob.item(blob.u32(attribute + 16));
    blob.attributeAt(attribute, BTF_LOAD_SIZE);
    blob.expectZeros(attribute, attribute + 16);
    blob.expectZeros(attribute + 20, attribute + BTF_LOAD_SIZE);
    blocks.log(attribute + 20, attribute + 8);
    blocks.storeAddress(attribute, start);
    blocks.bpf(BTF_LOAD, attribute, BTF_LOAD_SIZE);
    blocks.check();
    in.expect(Op.STX_W, 10, 7, Blocks.BTF_FD, 0);
    return btf;
  }

  /** Hands the fds to the caller. */
  private void end(int maps, int programs) throws FormatException {
    in.enter("end");
    blob.enter("end");
    blocks.closeStack(Blocks.BTF_FD);
    for (int k = 0; k < programs; k++) {
      in.expect(Op.LDX_W, 0, 10, Blocks.PROGRAM_FDS + k * FD_SIZE, 0);
      in.expect(Op.STX_W, 6, 0, CONTEXT_MAPS + CONTEXT_MAP_SIZE * maps + k * FD_SIZE, 0);
    }
    for (int i = 0; i < maps; i++) {
      blocks.address(1, i * FD_SIZE);
      in.expect(Op.LDX_W, 0, 1, 0, 0);
      in.expect(Op.STX_W, 6, 0, CONTEXT_MAPS + CONTEXT_MAP_SIZE * i, 0);
    }
    in.expect(Op.MOV_IMM, 0, 0, 0, 0);
    in.expect(Op.EXIT, 0, 0, 0, 0);
    if (!in.atEnd()) {
      throw in.fail("expected the end");
    }
    blob.end();
  }
}
