// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import java.util.ArrayList;
import java.util.List;
import org.bpfseal.signer.object.BpfFunction;
import org.bpfseal.signer.object.BpfMap;
import org.bpfseal.signer.object.BpfObject;
import org.bpfseal.signer.object.Extern;
import org.bpfseal.signer.object.Instruction;
import org.bpfseal.signer.object.Relocation;

/**
 * Writes into final code what is known when a skeleton is made, and lists what only the kernel
 * knows. See {@code bpf_object__relocate_data()} of libbpf 1.8.
 *
 * <p>A variable of the kernel without a type gets address 0, which the loader replaces; bpftool
 * writes the address in the kernel that it runs on, if it may read it.
 */
final class RelocationApplier {
  private static final int PSEUDO_KFUNC_CALL = 2;
  private static final int PSEUDO_BTF_ID = 3;
  private static final int PSEUDO_MAP_IDX = 5;
  private static final int PSEUDO_MAP_IDX_VALUE = 6;
  private static final int CORE_RECORD = 16;

  private final GrowingBytes code;
  private final int configMap;
  private final List<Placed> placed = new ArrayList<>();
  private final List<LinkedProgram.ExternUse> externs = new ArrayList<>();
  private final GrowingBytes coreRecords;

  private record Placed(BpfFunction function, int place) {}

  RelocationApplier(BpfObject object, GrowingBytes code) {
    this.code = code;
    configMap = configMap(object.maps());
    coreRecords = new GrowingBytes(object.order(), 0);
  }

  private static int configMap(List<BpfMap> maps) {
    for (int i = 0; i < maps.size(); i++) {
      if (maps.get(i).section().equals(".kconfig")) {
        return i;
      }
    }
    return 0;
  }

  /** Remembers a function that was put into the code. */
  void add(BpfFunction function, int place) {
    placed.add(new Placed(function, place));
  }

  /** Applies everything, in the order in which functions were added. */
  void apply() {
    for (Placed part : placed) {
      for (Relocation relocation : part.function.relocations()) {
        apply(relocation, part.place + relocation.instruction());
      }
    }
  }

  private void apply(Relocation relocation, int index) {
    int at = index * Instruction.BYTES;
    switch (relocation) {
      case Relocation.MapAddress(int _, int map) -> {
        setSource(at, PSEUDO_MAP_IDX);
        code.setInt(at + 4, map);
      }
      case Relocation.VariableAddress(int _, int map, int offset) -> {
        code.setInt(at + 12, code.getInt(at + 4) + offset);
        setSource(at, PSEUDO_MAP_IDX_VALUE);
        code.setInt(at + 4, map);
      }
      case Relocation.ExternAddress(int _, Extern extern) -> address(at, extern);
      case Relocation.ExternCall(int _, Extern extern) -> {
        setSource(at, PSEUDO_KFUNC_CALL);
        code.setInt(at + 4, 0);
        setOffsetZero(at);
        externs.add(new LinkedProgram.ExternUse(index, extern, true));
      }
      case Relocation.FunctionCall _ -> {}
      case Relocation.FunctionAddress _ -> {}
      case Relocation.CoreAccess core -> {
        int record = coreRecords.extend(CORE_RECORD);
        coreRecords.setInt(record, at);
        coreRecords.setInt(record + 4, core.type());
        coreRecords.setInt(record + 8, core.access());
        coreRecords.setInt(record + 12, core.kind());
      }
    }
  }

  private void address(int at, Extern extern) {
    switch (extern) {
      case Extern.ConfigValue value -> {
        setSource(at, PSEUDO_MAP_IDX_VALUE);
        code.setInt(at + 4, configMap);
        code.setInt(at + 12, value.offset());
      }
      case Extern.KernelVariable variable -> kernelAddress(at, variable, variable.typed());
      case Extern.KernelFunction function -> kernelAddress(at, function, true);
    }
  }

  private void kernelAddress(int at, Extern extern, boolean typed) {
    if (typed) {
      setSource(at, PSEUDO_BTF_ID);
    }
    code.setInt(at + 4, 0);
    code.setInt(at + 12, 0);
    externs.add(new LinkedProgram.ExternUse(at / Instruction.BYTES, extern, false));
  }

  private void setSource(int at, int source) {
    int registers = code.getByte(at + 1);
    code.setByte(
        at + 1,
        code.isLittleEndian() ? (registers & 0x0f) | source << 4 : (registers & 0xf0) | source);
  }

  private void setOffsetZero(int at) {
    code.setByte(at + 2, 0);
    code.setByte(at + 3, 0);
  }

  List<LinkedProgram.ExternUse> externs() {
    return externs;
  }

  GrowingBytes coreRecords() {
    return coreRecords;
  }
}
