// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.loader;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;
import org.bpfseal.verifier.crypto.Sha256;

/**
 * The instructions right behind the cleanup, in the forms that check the blob themselves: the
 * SHA-256 that the kernel keeps in the map, 8 bytes a time, must equal four constants; form C first
 * asks whether the map is exclusive.
 *
 * <pre>
 *   [r1 = map; r2 = *(u32 *)(r1 + 32); r7 = -EINVAL; to the cleanup if r2 != 1]
 *   r1 = map; r2 = *(u64 *)(r1 + 8 k); r3 = constant k; r7 = -EINVAL; to the cleanup if r2 != r3
 * </pre>
 *
 * @param digest what the constants say; empty if there is no check
 * @param matches whether the blob has that digest; true if there is no check
 * @param exclusive whether the map must be exclusive
 * @param late whether the jumps end one instruction behind the cleanup's first, as form A's do
 * @param end behind the check
 */
record BlobCheck(
    Optional<Bytes> digest, boolean matches, boolean exclusive, boolean late, InsnReader end) {
  private static final int MAP_BY_INDEX = 5;
  private static final int EINVAL = 22;
  private static final int EXCLUSIVE_AT = 32;
  private static final int WORDS = 4;

  static BlobCheck read(InsnReader in, Bytes data) throws FormatException {
    in.enter("check of the blob");
    if (!in.isNext(Op.LD_IMM64, 1, MAP_BY_INDEX)) {
      return new BlobCheck(Optional.empty(), true, false, false, in);
    }
    map(in);
    boolean exclusive = in.isNext(Op.LDX_W, 2, 1);
    if (exclusive) {
      in.expect(Op.LDX_W, 2, 1, EXCLUSIVE_AT, 0);
      in.expect(Op.MOV_IMM, 7, 0, 0, -EINVAL);
      in.expect(Op.JNE_IMM, 2, 0, distance(in), 1);
      map(in);
    }
    ByteBuffer digest = ByteBuffer.allocate(WORDS * Long.BYTES).order(in.order());
    boolean late = false;
    for (int k = 0; k < WORDS; k++) {
      if (k > 0) {
        map(in);
      }
      in.expect(Op.LDX_DW, 2, 1, k * Long.BYTES, 0);
      long low = in.expectImm(Op.LD_IMM64, 3, 0, 0) & 0xffff_ffffL;
      digest.putLong((long) in.expectImm(0, 0, 0, 0) << 32 | low);
      in.expect(Op.MOV_IMM, 7, 0, 0, -EINVAL);
      late = k == 0 ? in.isNextLoad(Op.JNE, 2, 3, distance(in) + 1) : late;
      in.expect(Op.JNE, 2, 3, distance(in) + (late ? 1 : 0), 0);
    }
    Bytes wanted = Bytes.owning(digest.array());
    return new BlobCheck(Optional.of(wanted), wanted.equals(Sha256.of(data)), exclusive, late, in);
  }

  private static void map(InsnReader in) throws FormatException {
    in.expect(Op.LD_IMM64, 1, MAP_BY_INDEX, 0, 0);
    in.expect(0, 0, 0, 0, 0);
  }

  private static int distance(InsnReader in) {
    return Blocks.CLEANUP - in.index() - 1;
  }

  /** The form that has this check and these maps. */
  LoaderForm form(Replaceable maps) throws FormatException {
    boolean replaceable = maps == Replaceable.YES;
    if (digest.isEmpty()) {
      return replaceable ? LoaderForm.UNSIGNED : LoaderForm.D;
    }
    if ((exclusive && (late || replaceable)) || (late && maps == Replaceable.NO)) {
      throw end.fail("expected a check and maps of one form");
    }
    if (exclusive) {
      return LoaderForm.C;
    }
    return late ? LoaderForm.A : replaceable ? LoaderForm.B : LoaderForm.B2;
  }
}
