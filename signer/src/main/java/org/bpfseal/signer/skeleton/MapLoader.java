// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import static org.bpfseal.signer.skeleton.LoaderCode.*;
import static org.bpfseal.signer.skeleton.LoaderWriter.CONTEXT_MAP;
import static org.bpfseal.signer.skeleton.LoaderWriter.CONTEXT_MAPS;
import static org.bpfseal.signer.skeleton.LoaderWriter.DESCRIPTOR;

import org.bpfseal.signer.object.ObjectRefusedException;

/** Writes the instructions that create and fill maps. */
final class MapLoader {
  private static final int MAP_CREATE = 0;
  private static final int MAP_UPDATE = 2;
  private static final int MAP_FREEZE = 22;
  private static final int MAP_UPDATE_SIZE = 32;
  private static final int MAP_FREEZE_SIZE = 4;

  /** Bit of the context's flags: the caller is the kernel itself. */
  private static final int CALLED_BY_KERNEL = 1;

  private final LoaderCode code;
  private final LoaderForm form;

  MapLoader(LoaderCode code, LoaderForm form) {
    this.code = code;
    this.form = form;
  }

  void load(int index, BlobLayout.MapPart map) throws ObjectRefusedException {
    if (map.inner().isPresent()) {
      BlobLayout.CreatePart inner = map.inner().get();
      prepare(inner);
      code.systemCall(MAP_CREATE, inner.attributes(), MAP_CREATE_SIZE);
      code.check();
      code.store(STORE_32, FRAME, STACK_INNER_MAP, RESULT);
      if (inner.ofMaps()) {
        code.closeOnStack(STACK_INNER_MAP);
      }
    }
    create(index, map.create());
    if (map.content().isPresent()) {
      fill(index, map.content().get());
    }
    for (BlobLayout.SlotPart slot : map.slots()) {
      code.copyInBlob(slot.update(), index * DESCRIPTOR);
      code.storeAddress(slot.update() + 8, slot.key());
      code.storeAddress(slot.update() + 16, slot.map() * DESCRIPTOR);
      code.systemCall(MAP_UPDATE, slot.update(), MAP_UPDATE_SIZE);
      code.check();
    }
  }

  private void prepare(BlobLayout.CreatePart create) {
    if (create.typed()) {
      code.copyFromStack(create.attributes() + 48, STACK_BTF);
    }
    if (create.ofMaps()) {
      code.copyFromStack(create.attributes() + 20, STACK_INNER_MAP);
    }
  }

  private void create(int index, BlobLayout.CreatePart create) throws ObjectRefusedException {
    prepare(create);
    if (form.takesValuesOfCaller()) {
      code.copyFromContextIfSet(create.attributes() + 12, CONTEXT_MAPS + index * CONTEXT_MAP + 4);
    }
    code.systemCall(MAP_CREATE, create.attributes(), MAP_CREATE_SIZE);
    code.check();
    code.address(R1, index * DESCRIPTOR);
    code.store(STORE_32, R1, 0, RESULT);
    if (create.ofMaps()) {
      code.closeOnStack(STACK_INNER_MAP);
    }
  }

  private void fill(int index, BlobLayout.ContentPart content) throws ObjectRefusedException {
    if (form.takesValuesOfCaller()) {
      takeValue(index, content);
    }
    code.copyInBlob(content.update(), index * DESCRIPTOR);
    code.storeAddress(content.update() + 8, content.key());
    code.storeAddress(content.update() + 16, content.value());
    code.systemCall(MAP_UPDATE, content.update(), MAP_UPDATE_SIZE);
    code.check();
    if (content.freeze().isPresent()) {
      int freeze = content.freeze().getAsInt();
      code.copyInBlob(freeze, index * DESCRIPTOR);
      code.systemCall(MAP_FREEZE, freeze, MAP_FREEZE_SIZE);
      code.check();
    }
  }

  /** Takes the initial value from the caller, if it gives one, from user or kernel memory. */
  private void takeValue(int index, BlobLayout.ContentPart content) throws ObjectRefusedException {
    code.load(LOAD_64, R3, CONTEXT, CONTEXT_MAPS + index * CONTEXT_MAP + 8);
    code.add(JUMP_IF_EQUAL, R3, 0, 8, 0);
    code.address(R1, content.value());
    code.move(R2, content.size());
    code.load(LOAD_32, R0, CONTEXT, 4);
    code.add(JUMP_IF_SET, R0, 0, 2, CALLED_BY_KERNEL);
    code.call(COPY_FROM_USER);
    code.jump(1);
    code.call(PROBE_READ_KERNEL);
  }
}
