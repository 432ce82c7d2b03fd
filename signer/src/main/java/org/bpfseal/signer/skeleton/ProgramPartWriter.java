// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.signer.btf.BtfKind;
import org.bpfseal.signer.object.BpfFunction;
import org.bpfseal.signer.object.Extern;
import org.bpfseal.signer.object.Instruction;
import org.bpfseal.signer.object.ObjectRefusedException;
import org.bpfseal.signer.object.SectionKind;

/** Lays out the part of the blob that loads one program. */
final class ProgramPartWriter {
  private static final int SLEEPABLE = 0x10;
  private static final int FRAGMENTS = 0x20;
  private static final int CORE_RECORD = 16;

  /** Slots of the descriptors before those for functions, which are {@code MAX_USED_MAPS}. */
  private static final int FIRST_CALL_SLOT = 64;

  private static final int CALL_SLOTS = 256;

  /** Room for a target's name without its NUL; what is longer is cut, as by libbpf. */
  private static final int LONGEST_TARGET = 127;

  private final Blob blob;
  private final String license;
  private final Map<Key, Integer> firstUses = new HashMap<>();
  private int calls;

  ProgramPartWriter(Blob blob, String license) {
    this.blob = blob;
    this.license = license;
  }

  /** Two uses with the same key share one lookup. */
  private record Key(boolean call, boolean function, String name) {}

  BlobLayout.ProgramPart write(LinkedProgram linked) throws ObjectRefusedException {
    SectionKind kind = linked.program().kind().orElseThrow();
    int licenseAt = blob.addText(license).at();
    int code = blob.add(linked.code());
    int functionRecords = blob.add(linked.functionRecords());
    int lineRecords = blob.add(linked.lineRecords());
    int coreRecords = blob.add(linked.coreRecords());
    int attributes = attributes(linked, kind);
    Optional<BlobLayout.Lookup> target = Optional.empty();
    if (kind.needsTarget()) {
      target = Optional.of(target(linked.program(), kind));
    }
    List<ExternPart> externs = new ArrayList<>();
    for (LinkedProgram.ExternUse use : linked.externs()) {
      externs.add(extern(use, code + use.instruction() * Instruction.BYTES));
    }
    return new BlobLayout.ProgramPart(
        loaded(linked),
        licenseAt,
        code,
        functionRecords,
        lineRecords,
        coreRecords,
        attributes,
        target,
        externs);
  }

  private static LoadedProgram loaded(LinkedProgram linked) {
    return new LoadedProgram(
        linked.program(),
        linked.code().size() / Instruction.BYTES,
        linked.coreRecords().size() / CORE_RECORD);
  }

  private int attributes(LinkedProgram linked, SectionKind kind) throws ObjectRefusedException {
    int at = blob.addZeros(LoaderCode.PROG_LOAD_SIZE);
    int flags = (kind.sleepable() ? SLEEPABLE : 0) | (kind.fragments() ? FRAGMENTS : 0);
    blob.setInt(at, kind.type().number());
    blob.setInt(at + 4, linked.code().size() / Instruction.BYTES);
    blob.setInt(at + 44, flags);
    blob.setName(at + 48, linked.program().name());
    blob.setInt(at + 68, kind.attachType());
    setRecords(at + 76, at + 88, linked.functionRecords(), linked.functionRecordSize());
    setRecords(at + 92, at + 104, linked.lineRecords(), linked.lineRecordSize());
    blob.setInt(at + 108, kind.needsTarget() ? 1 : 0);
    blob.setInt(at + 116, linked.coreRecords().size() / CORE_RECORD);
    blob.setInt(at + 136, CORE_RECORD);
    return at;
  }

  private void setRecords(int sizeAt, int countAt, GrowingBytes records, int recordSize) {
    if (records.size() > 0) {
      blob.setInt(sizeAt, recordSize);
      blob.setInt(countAt, records.size() / recordSize);
    }
  }

  private BlobLayout.Lookup target(BpfFunction program, SectionKind kind)
      throws ObjectRefusedException {
    String target = kind.targetPrefix() + program.target().orElseThrow();
    byte[] encoded = target.getBytes(StandardCharsets.UTF_8);
    String name =
        encoded.length <= LONGEST_TARGET
            ? target
            : new String(encoded, 0, LONGEST_TARGET, StandardCharsets.UTF_8);
    BtfKind wanted = kind.isTargetTypedef() ? BtfKind.TYPEDEF : BtfKind.FUNC;
    return new BlobLayout.Lookup(blob.addText(name), wanted.number());
  }

  private ExternPart extern(LinkedProgram.ExternUse use, int instruction)
      throws ObjectRefusedException {
    Extern extern = use.extern();
    boolean function = extern instanceof Extern.KernelFunction;
    Integer first =
        firstUses.putIfAbsent(new Key(use.call(), function, extern.name()), instruction);
    if (use.call()) {
      return first == null
          ? call(extern, instruction)
          : new ExternPart.CallAgain(instruction, first);
    }
    if (extern instanceof Extern.KernelVariable variable && !variable.typed()) {
      if (first != null) {
        return new ExternPart.UntypedAgain(instruction, first);
      }
      Blob.Text name = blob.addText(extern.name());
      return new ExternPart.Untyped(instruction, name, blob.addZeros(Long.BYTES));
    }
    if (first != null) {
      return new ExternPart.TypedAgain(instruction, first);
    }
    BtfKind kind = function ? BtfKind.FUNC : BtfKind.VAR;
    return new ExternPart.Typed(
        instruction,
        new BlobLayout.Lookup(blob.addText(extern.name()), kind.number()),
        extern.weak());
  }

  private ExternPart call(Extern extern, int instruction) throws ObjectRefusedException {
    Blob.Text name = blob.addText(extern.name());
    int slot =
        calls < CALL_SLOTS ? FIRST_CALL_SLOT + calls : blob.addZeros(Integer.BYTES) / Integer.BYTES;
    if (slot > Short.MAX_VALUE) {
      throw ObjectRefusedException.ofSymbol(
          ".ksyms",
          extern.name(),
          "one program calls too many different functions of the kernel",
          "split the program");
    }
    calls++;
    return new ExternPart.Call(
        instruction, new BlobLayout.Lookup(name, BtfKind.FUNC.number()), extern.weak(), slot);
  }
}
