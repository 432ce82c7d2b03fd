// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import java.util.List;
import java.util.stream.IntStream;
import org.bpfseal.signer.object.BpfFunction;
import org.bpfseal.signer.object.BpfMap;
import org.bpfseal.signer.object.BpfObject;
import org.bpfseal.signer.object.Instruction;
import org.bpfseal.signer.object.ObjectRefusedException;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * The one program of an object that can be loaded as it is: nothing in its instructions depends on
 * the kernel that loads it, and at most one data section is behind it.
 *
 * <p>A signature covers instructions and, since 7.3, the values of bound arrays ({@code
 * bpf_prog_verify_signature()}, kernel/bpf/verifier.c). What would change instructions after the
 * signature (CO-RE records, addresses and numbers of the kernel's own) or needs BTF records, which
 * nothing covers, is refused.
 *
 * @param insns final instructions; the map, if there is one, is entry 0 of {@code fd_array}
 * @param map whose value is {@code data}; its index in the object, or -1
 * @param data empty if it uses no map
 */
public record BareProgram(BpfFunction program, Bytes insns, int map, Bytes data) {
  private static final int PSEUDO_MAP_IDX = 5;
  private static final int PSEUDO_MAP_IDX_VALUE = 6;
  private static final int PSEUDO_FUNC = 4;
  private static final int NONE = -1;
  private static final String HINT = "sign it with --as loader";

  /**
   * Links it.
   *
   * @throws ObjectRefusedException that names what it can't do without a loader
   */
  public static BareProgram of(BpfObject object) throws FormatException, ObjectRefusedException {
    List<BpfFunction> functions = object.functions().functions();
    List<Integer> loaded =
        IntStream.range(0, functions.size())
            .filter(i -> functions.get(i).isLoaded())
            .boxed()
            .toList();
    if (loaded.size() != 1) {
      throw ObjectRefusedException.ofObject(
          "it has " + loaded.size() + " programs to load, and one can be signed without a loader",
          "split the object, begin the other sections' names with ?, or sign it with --as loader");
    }
    LinkedProgram linked = new ProgramLinker(object).link(loaded.getFirst());
    refuseWhatChanges(linked);
    int map = bindMap(object, linked);
    Bytes data = map == NONE ? Bytes.EMPTY : value(object.maps().get(map));
    return new BareProgram(linked.program(), linked.code().finish(), map, data);
  }

  private static void refuseWhatChanges(LinkedProgram linked) throws ObjectRefusedException {
    if (linked.coreRecords().size() > 0) {
      int instruction = linked.coreRecords().getInt(0) / Instruction.BYTES;
      throw refused(
          linked.program(),
          "instruction " + instruction + " has a CO-RE record, by which the kernel changes it",
          HINT + ", or don't use CO-RE");
    }
    if (!linked.externs().isEmpty()) {
      LinkedProgram.ExternUse use = linked.externs().getFirst();
      throw refused(
          linked.program(),
          "instruction %d needs the kernel's own number for \"%s\""
              .formatted(use.instruction(), use.extern().name()),
          HINT);
    }
  }

  /** Makes the one map that is used entry 0; gives its index in the object. */
  private static int bindMap(BpfObject object, LinkedProgram linked) throws ObjectRefusedException {
    GrowingBytes code = linked.code();
    int found = NONE;
    for (int at = 0; at < code.size(); at += Instruction.BYTES) {
      if (code.getByte(at) == Instruction.LOAD_64) {
        if (usesMap(linked, at)) {
          int map = code.getInt(at + 4);
          requireData(linked.program(), object.maps().get(map), at / Instruction.BYTES);
          requireSame(linked.program(), object, found, map);
          found = map;
          code.setInt(at + 4, 0);
        }
        // The second half of such an instruction may look like anything.
        at += Instruction.BYTES;
      }
    }
    return found;
  }

  /** Whether a 16-byte load is of a map; if it is no plain number either, it is refused. */
  private static boolean usesMap(LinkedProgram linked, int at) throws ObjectRefusedException {
    int registers = linked.code().getByte(at + 1);
    int number = at / Instruction.BYTES;
    return switch (linked.code().isLittleEndian() ? registers >> 4 : registers & 15) {
      case 0 -> false;
      case PSEUDO_MAP_IDX, PSEUDO_MAP_IDX_VALUE -> true;
      case PSEUDO_FUNC ->
          throw refused(
              linked.program(),
              "instruction %d takes a function's address, which needs BTF records that no"
                      .formatted(number)
                  + " signature covers",
              HINT);
      default ->
          throw refused(
              linked.program(),
              "instruction %d has a number in it that only a running kernel gives"
                  .formatted(number),
              HINT);
    };
  }

  private static void requireSame(BpfFunction program, BpfObject object, int found, int map)
      throws ObjectRefusedException {
    if (found != NONE && found != map) {
      throw refused(
          program,
          "it uses the data sections \"%s\" and \"%s\", and one can be bound"
              .formatted(object.maps().get(found).section(), object.maps().get(map).section()),
          HINT + ", or put its constants into one section");
    }
  }

  private static void requireData(BpfFunction program, BpfMap map, int number)
      throws ObjectRefusedException {
    String problem = "instruction " + number + " uses map \"" + map.name() + "\": ";
    if (map.content().isEmpty()) {
      throw refused(
          program, problem + "a signature without a loader covers data sections alone", HINT);
    }
    if (map.content().get().perCpu()) {
      throw refused(program, problem + "no signature covers a value for each CPU", HINT);
    }
    if (map.section().equals(".kconfig")) {
      throw refused(program, problem + "its values are the target kernel's", HINT);
    }
  }

  private static Bytes value(BpfMap map) {
    BpfMap.Content content = map.content().orElseThrow();
    return content.bytes().isEmpty() ? Bytes.owning(new byte[content.size()]) : content.bytes();
  }

  private static ObjectRefusedException refused(BpfFunction program, String problem, String hint) {
    return ObjectRefusedException.ofSymbol(program.sectionName(), program.name(), problem, hint);
  }
}
