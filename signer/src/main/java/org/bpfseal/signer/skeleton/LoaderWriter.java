// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import static org.bpfseal.signer.skeleton.LoaderCode.*;

import java.util.List;
import org.bpfseal.signer.key.DigestAlgorithm;
import org.bpfseal.signer.object.ObjectRefusedException;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * Writes the loader's instructions: prologue, cleanup, upload of BTF, maps, programs, results.
 *
 * <p>The context that the caller gives and gets back: u32 size, u32 flags, u32 log level, u32 log
 * size, u64 log address; for each map {s32 descriptor, u32 size, u64 initial value}; for each
 * loaded program s32 descriptor. The instructions are those of libbpf's {@code gen_loader.c} at
 * 1.8; the check of the blob is that of 1.7 and comes behind the cleanup.
 */
final class LoaderWriter {
  static final int CONTEXT_MAPS = 24;
  static final int CONTEXT_MAP = 16;
  static final int DESCRIPTOR = 4;

  private static final int BTF_LOAD = 18;
  private static final int BTF_LOAD_SIZE = 28;
  private static final int EINVAL = -22;

  private final BlobLayout layout;
  private final LoaderCode code;

  private LoaderWriter(BlobLayout layout) {
    this.layout = layout;
    code = new LoaderCode(layout.order(), 16 << 10);
  }

  /** The instructions of a form. */
  static Bytes write(BlobLayout layout, LoaderForm form) throws ObjectRefusedException {
    LoaderWriter writer = new LoaderWriter(layout);
    writer.prologue();
    if (form.checksBlob()) {
      writer.checkBlob();
    }
    if (layout.types().isPresent()) {
      writer.types(layout.types().get());
    }
    MapLoader maps = new MapLoader(writer.code, form);
    for (int i = 0; i < layout.maps().size(); i++) {
      maps.load(i, layout.maps().get(i));
    }
    ProgramLoader programs = new ProgramLoader(writer.code);
    for (int i = 0; i < layout.programs().size(); i++) {
      programs.load(i, layout.programs().get(i));
    }
    writer.results();
    return writer.code.finish();
  }

  private void prologue() throws ObjectRefusedException {
    code.moveRegister(CONTEXT, R1);
    code.moveRegister(R1, FRAME);
    code.add(ADD, R1, 0, 0, -STACK_SIZE);
    code.move(R2, STACK_SIZE);
    code.move(R3, 0);
    code.call(PROBE_READ_KERNEL);
    int slots = 2 + layout.functions();
    code.jump(3 * slots + 2 + 6 * layout.maps().size());
    code.markCleanup();
    for (int i = 0; i < slots; i++) {
      code.load(LOAD_32, R1, FRAME, STACK_BTF + i * DESCRIPTOR);
      code.add(JUMP_IF_NOT_POSITIVE, R1, 0, 1, 0);
      code.call(SYS_CLOSE);
    }
    for (int i = 0; i < layout.maps().size(); i++) {
      code.closeInBlob(i * DESCRIPTOR);
    }
    code.moveRegister(R0, RESULT);
    code.add(EXIT, 0, 0, 0, 0);
  }

  /**
   * Compares the SHA-256 that the kernel keeps at the beginning of {@code struct bpf_map} with that
   * of the blob, 8 bytes at a time.
   */
  private void checkBlob() throws ObjectRefusedException {
    Bytes digest = DigestAlgorithm.SHA_256.digest(layout.data());
    boolean little = code.isLittleEndian();
    for (int at = 0; at < digest.size(); at += Long.BYTES) {
      int first = digest.i32(at, layout.order());
      int second = digest.i32(at + 4, layout.order());
      code.add(LOAD_IMMEDIATE, R1, SRC_MAP_INDEX, 0, 0);
      code.add(0, 0, 0, 0, 0);
      code.load(LOAD_64, R2, R1, at);
      code.add(LOAD_IMMEDIATE, R3, 0, 0, little ? first : second);
      code.add(0, 0, 0, 0, little ? second : first);
      code.move(RESULT, EINVAL);
      code.add(JUMP_IF_NOT_EQUAL_REGISTER, R2, R3, code.toCleanup(), 0);
    }
  }

  private void types(BlobLayout.Types types) throws ObjectRefusedException {
    int attributes = types.attributes();
    code.copyFromContext(attributes + 24, 8);
    code.copyFromContext(attributes + 20, 12);
    code.copyAddressFromContext(attributes + 8, 16);
    code.storeAddress(attributes, types.bytes());
    code.systemCall(BTF_LOAD, attributes, BTF_LOAD_SIZE);
    code.check();
    code.store(STORE_32, FRAME, STACK_BTF, RESULT);
  }

  /** Hands the descriptors to the caller. */
  private void results() {
    List<BlobLayout.ProgramPart> programs = layout.programs();
    int maps = layout.maps().size();
    code.closeOnStack(STACK_BTF);
    for (int i = 0; i < programs.size(); i++) {
      code.load(LOAD_32, R0, FRAME, STACK_PROGRAMS + i * DESCRIPTOR);
      code.store(STORE_32, CONTEXT, CONTEXT_MAPS + maps * CONTEXT_MAP + i * DESCRIPTOR, R0);
    }
    for (int i = 0; i < maps; i++) {
      code.address(R1, i * DESCRIPTOR);
      code.load(LOAD_32, R0, R1, 0);
      code.store(STORE_32, CONTEXT, CONTEXT_MAPS + i * CONTEXT_MAP, R0);
    }
    code.move(R0, 0);
    code.add(EXIT, 0, 0, 0, 0);
  }
}
