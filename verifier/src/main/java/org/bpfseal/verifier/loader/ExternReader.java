// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.loader;

import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Reads how the loader fills the kernel's symbols into one program: the first use of each looks it
 * up by name, later ones copy the first.
 */
final class ExternReader {
  private static final int IMM = 4;
  private static final int SECOND_IMM = 12;
  private static final int FIRST_SLOT = LoaderReader.MAPS_MOST;
  private static final int SLOTS_END = 320;
  private static final int KALLSYMS_LOOKUP_NAME = 179;
  private static final int ENOENT = 2;

  private final InsnReader in;
  private final Blocks blocks;
  private final BlobReader blob;
  private final FinalInsns insns;
  private final List<First> firsts = new ArrayList<>();
  private final Map<Integer, First> byPlace = new HashMap<>();
  private int nextSlot = FIRST_SLOT;

  /**
   * @param at place of the instruction that used it first
   * @param slot of a kfunc, the one for its module's BTF
   */
  private record First(Extern extern, int at, int slot) {}

  ExternReader(InsnReader in, Blocks blocks, BlobReader blob, FinalInsns insns) {
    this.in = in;
    this.blocks = blocks;
    this.blob = blob;
    this.insns = insns;
  }

  List<Extern> found() {
    return firsts.stream().map(First::extern).toList();
  }

  void readAll() throws FormatException {
    while (blocks.isAddress(8)) {
      int at = blocks.address(8);
      Extern.Kind kind = insns.use(at);
      boolean again = blocks.isAddress(2);
      switch (kind) {
        case FUNCTION -> {
          if (again) {
            functionAgain(at);
          } else {
            function(at);
          }
        }
        case TYPED -> {
          if (again) {
            typedAgain(at);
          } else {
            typed(at);
          }
        }
        case UNTYPED -> {
          if (again) {
            untypedAgain(at);
          } else {
            untyped(at);
          }
        }
      }
    }
  }

  /** Closes the fds of modules' BTFs that the lookups have opened. */
  void closeAll() throws FormatException {
    for (First first : firsts) {
      switch (first.extern().kind()) {
        case FUNCTION -> blocks.closeBlob(first.slot() * LoaderReader.FD_SIZE);
        case TYPED -> blocks.closeBlob(first.at() + SECOND_IMM);
        case UNTYPED -> {}
      }
    }
  }

  private void add(Extern extern, int at, int slot) {
    First first = new First(extern, at, slot);
    firsts.add(first);
    byPlace.put(at, first);
  }

  /** The first use that the next instruction copies from; it is of the same kind. */
  private int first(Extern.Kind kind, int field) throws FormatException {
    First first = byPlace.get(in.secondImm() - field);
    if (first == null || first.extern().kind() != kind) {
      throw in.fail("expected a copy of an extern's first use");
    }
    return first.at();
  }

  private Extern find(Extern.Kind kind, BtfKind... kinds) throws FormatException {
    int nameAt = blob.position();
    Bytes name = blob.text();
    int found = blocks.find(nameAt, name.size() + 1);
    if (!List.of(kinds).contains(BtfKind.of(found).orElse(BtfKind.TYPEDEF))) {
      throw in.fail("expected to look for another kind of type");
    }
    boolean weak = !blocks.isCheck();
    if (!weak) {
      blocks.check();
    }
    return new Extern(name.toUtf8(), kind, weak);
  }

  private void typed(int at) throws FormatException {
    Extern extern = find(Extern.Kind.TYPED, BtfKind.VAR, BtfKind.FUNC);
    in.expect(Op.JSGE_IMM, 7, 0, 3, 0);
    in.expect(Op.ST_W, 8, 0, IMM, 0);
    in.expect(Op.ST_W, 8, 0, SECOND_IMM, 0);
    in.expect(Op.JA, 0, 0, 4, 0);
    halves(7);
    in.expect(Op.JA, 0, 0, 3, 0);
    clearSource();
    add(extern, at, 0);
  }

  private void typedAgain(int at) throws FormatException {
    int first = first(Extern.Kind.TYPED, SECOND_IMM);
    blocks.copy(at + SECOND_IMM, first + SECOND_IMM);
    blocks.copy(at + IMM, first + IMM);
    in.expect(Op.JNE_IMM, 0, 0, 3, 0);
    clearSource();
  }

  /** A symbol that the kernel doesn't have becomes the plain number 0. */
  private void clearSource() throws FormatException {
    in.expect(Op.LDX_B, 9, 8, 1, 0);
    in.expect(Op.AND_IMM, 9, 0, 0, in.order() == ByteOrder.BIG_ENDIAN ? 0xf0 : 0x0f);
    in.expect(Op.STX_B, 8, 9, 1, 0);
  }

  /** Stores a register's halves into the two immediates. */
  private void halves(int register) throws FormatException {
    in.expect(Op.STX_W, 8, register, IMM, 0);
    in.expect(Op.RSH_IMM, register, 0, 0, 32);
    in.expect(Op.STX_W, 8, register, SECOND_IMM, 0);
  }

  private void function(int at) throws FormatException {
    Extern extern = find(Extern.Kind.FUNCTION, BtfKind.FUNC);
    int slot = takeSlot();
    in.expect(Op.JSGE_IMM, 7, 0, 3, 0);
    in.expect(Op.ST_W, 8, 0, IMM, 0);
    in.expect(Op.ST_H, 8, 0, 2, 0);
    in.expect(Op.JA, 0, 0, 10, 0);
    in.expect(Op.STX_W, 8, 7, IMM, 0);
    in.expect(Op.MOV, 9, 7, 0, 0);
    in.expect(Op.RSH_IMM, 9, 0, 0, 32);
    blocks.address(0, slot * LoaderReader.FD_SIZE);
    in.expect(Op.STX_W, 0, 9, 0, 0);
    in.expect(Op.JNE_IMM, 9, 0, 2, 0);
    in.expect(Op.ST_H, 8, 0, 2, 0);
    in.expect(Op.JA, 0, 0, 1, 0);
    in.expect(Op.ST_H, 8, 0, 2, slot);
    add(extern, at, slot);
  }

  /** A slot of the fd array, or one made for the purpose when all are in use. */
  private int takeSlot() throws FormatException {
    if (nextSlot == SLOTS_END) {
      return blob.zeros(LoaderReader.FD_SIZE) / LoaderReader.FD_SIZE;
    }
    return nextSlot++;
  }

  private void functionAgain(int at) throws FormatException {
    int first = first(Extern.Kind.FUNCTION, IMM);
    blocks.copy(at + IMM, first + IMM);
    blocks.copyHalf(at + 2, first + 2);
  }

  private void untyped(int at) throws FormatException {
    int nameAt = blob.position();
    Bytes name = blob.text();
    int result = blob.zeros(Long.BYTES);
    blocks.address(1, nameAt);
    in.expect(Op.MOV_IMM, 2, 0, 0, name.size() + 1);
    in.expect(Op.MOV_IMM, 3, 0, 0, 0);
    blocks.address(4, result);
    in.expect(Op.MOV, 7, 4, 0, 0);
    in.expect(Op.CALL, 0, 0, 0, KALLSYMS_LOOKUP_NAME);
    in.expect(Op.LDX_DW, 9, 7, 0, 0);
    in.expect(Op.MOV, 7, 0, 0, 0);
    in.expect(Op.JEQ_IMM, 7, 0, 1, -ENOENT);
    blocks.check();
    halves(9);
    add(new Extern(name.toUtf8(), Extern.Kind.UNTYPED, true), at, 0);
  }

  private void untypedAgain(int at) throws FormatException {
    int first = first(Extern.Kind.UNTYPED, IMM);
    blocks.copy(at + IMM, first + IMM);
    blocks.copy(at + SECOND_IMM, first + SECOND_IMM);
  }
}
