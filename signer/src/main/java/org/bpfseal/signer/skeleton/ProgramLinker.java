// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.bpfseal.signer.object.BpfFunction;
import org.bpfseal.signer.object.BpfObject;
import org.bpfseal.signer.object.FunctionTable;
import org.bpfseal.signer.object.Instruction;
import org.bpfseal.signer.object.InstructionRecords;
import org.bpfseal.signer.object.ObjectRefusedException;
import org.bpfseal.signer.object.Relocation;
import org.bpfseal.verifier.bytes.Bytes;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Puts the subprograms that a program calls behind it, in the order of first use, each one's own
 * callees before its caller goes on. See {@code bpf_object__reloc_code()} of libbpf 1.8.
 *
 * <p>One linker serves all programs of an object; its work is linear in what it puts out.
 */
final class ProgramLinker {
  /** {@code BPF_COMPLEXITY_LIMIT_INSNS} of {@code include/linux/bpf.h} at 7.3. */
  private static final int MOST_INSTRUCTIONS = 1_000_000;

  private static final int PSEUDO_FUNC = 4;
  private static final int NOWHERE = -1;

  private final BpfObject object;
  private final FunctionTable functions;
  private final ExceptionCallbacks callbacks;
  private final int[] placeOf;
  private final List<Integer> placed = new ArrayList<>();

  private GrowingBytes code;
  private RecordCollector functionRecords;
  private RecordCollector lineRecords;
  private RelocationApplier relocations;

  ProgramLinker(BpfObject object) throws FormatException, ObjectRefusedException {
    this.object = object;
    functions = object.functions();
    callbacks = ExceptionCallbacks.of(object);
    placeOf = new int[functions.size()];
    Arrays.fill(placeOf, NOWHERE);
    code = new GrowingBytes(object.order(), 0);
    functionRecords = collector(object.functionRecords(), "function");
    lineRecords = collector(object.lineRecords(), "line");
    relocations = new RelocationApplier(object, code);
  }

  private RecordCollector collector(InstructionRecords records, String what) {
    return new RecordCollector(records, object.order(), what);
  }

  /** A function whose instructions are being looked at. */
  private static final class Frame {
    final BpfFunction function;
    final int place;
    int instruction;
    int relocation;

    Frame(BpfFunction function, int place) {
      this.function = function;
      this.place = place;
    }
  }

  /** Links one program. */
  LinkedProgram link(int index) throws FormatException, ObjectRefusedException {
    BpfFunction program = functions.function(index);
    code = new GrowingBytes(object.order(), 2 * program.code().size());
    functionRecords = collector(object.functionRecords(), "function");
    lineRecords = collector(object.lineRecords(), "line");
    relocations = new RelocationApplier(object, code);
    placed.forEach(function -> placeOf[function] = NOWHERE);
    placed.clear();
    walk(program, index);
    OptionalInt callback = callbacks.of(program);
    if (callback.isPresent() && placeOf[callback.getAsInt()] == NOWHERE) {
      walk(program, callback.getAsInt());
    }
    relocations.apply();
    return new LinkedProgram(
        program,
        code,
        functionRecords.records(),
        object.functionRecords().recordSize(),
        lineRecords.records(),
        object.lineRecords().recordSize(),
        relocations.coreRecords(),
        relocations.externs());
  }

  private void walk(BpfFunction program, int first) throws FormatException, ObjectRefusedException {
    Deque<Frame> stack = new ArrayDeque<>();
    stack.push(append(program, first));
    while (!stack.isEmpty()) {
      OptionalInt callee = nextCallee(program, stack.element());
      if (callee.isPresent()) {
        stack.push(append(program, callee.getAsInt()));
      } else {
        stack.pop();
      }
    }
  }

  private Frame append(BpfFunction program, int index) throws ObjectRefusedException {
    BpfFunction function = functions.function(index);
    int place = code.size() / Instruction.BYTES;
    if (place + function.length() > MOST_INSTRUCTIONS) {
      throw refused(program, "it has more than " + MOST_INSTRUCTIONS + " instructions");
    }
    placeOf[index] = place;
    placed.add(index);
    code.append(function.code());
    relocations.add(function, place);
    functionRecords.add(program, function, place);
    lineRecords.add(program, function, place);
    return new Frame(function, place);
  }

  /** Goes on until a subprogram is needed that isn't there yet. */
  private OptionalInt nextCallee(BpfFunction program, Frame frame)
      throws FormatException, ObjectRefusedException {
    BpfFunction function = frame.function;
    Bytes original = function.code();
    for (int i = frame.instruction; i < function.length(); i++) {
      int opcode = original.at(i * Instruction.BYTES);
      if (opcode != Instruction.CALL && opcode != Instruction.LOAD_64) {
        continue;
      }
      Instruction instruction = Instruction.at(original, i, object.order());
      OptionalInt target = target(program, frame, i, instruction);
      if (target.isPresent()) {
        int callee = target.getAsInt();
        if (placeOf[callee] == NOWHERE) {
          // Comes back to this instruction when the callee has got its place.
          frame.instruction = i;
          return target;
        }
        int own = frame.place + i;
        code.setInt(own * Instruction.BYTES + 4, placeOf[callee] - own - 1);
        if (opcode == Instruction.LOAD_64) {
          setSource(own, instruction.destination());
        }
      }
    }
    return OptionalInt.empty();
  }

  private void setSource(int own, int destination) {
    code.setByte(
        own * Instruction.BYTES + 1,
        code.isLittleEndian() ? PSEUDO_FUNC << 4 | destination : destination << 4 | PSEUDO_FUNC);
  }

  /** The subprogram that an instruction needs, if it needs one. */
  private OptionalInt target(BpfFunction program, Frame frame, int index, Instruction instruction)
      throws ObjectRefusedException {
    Optional<Relocation> relocation = relocationAt(frame, index);
    boolean call =
        instruction.opcode() == Instruction.CALL
            && instruction.source() == Instruction.PSEUDO_CALL
            && instruction.destination() == 0
            && instruction.offset() == 0;
    if (relocation.isPresent()) {
      return switch (relocation.get()) {
        case Relocation.FunctionCall(int _, long offset) ->
            find(program, offset / Instruction.BYTES + instruction.immediate() + 1);
        case Relocation.FunctionAddress(int _, long offset) ->
            find(program, (offset + instruction.immediate()) / Instruction.BYTES);
        case Relocation.ExternCall _ -> OptionalInt.empty();
        case Relocation.MapAddress _ -> none(program, call, index);
        case Relocation.VariableAddress _ -> none(program, call, index);
        case Relocation.ExternAddress _ -> none(program, call, index);
        case Relocation.CoreAccess _ -> none(program, call, index);
      };
    }
    if (instruction.opcode() == Instruction.LOAD_64) {
      return none(program, instruction.source() == PSEUDO_FUNC, index);
    }
    return call
        ? find(program, (long) frame.function.start() + index + instruction.immediate() + 1)
        : OptionalInt.empty();
  }

  private static OptionalInt none(BpfFunction program, boolean needsFunction, int index)
      throws ObjectRefusedException {
    if (needsFunction) {
      throw refused(program, "instruction " + index + " refers to no function");
    }
    return OptionalInt.empty();
  }

  /** The first relocation of an instruction; frames ask in ascending order. */
  private static Optional<Relocation> relocationAt(Frame frame, int index) {
    List<Relocation> relocations = frame.function.relocations();
    while (frame.relocation < relocations.size()
        && relocations.get(frame.relocation).instruction() < index) {
      frame.relocation++;
    }
    return frame.relocation < relocations.size()
            && relocations.get(frame.relocation).instruction() == index
        ? Optional.of(relocations.get(frame.relocation))
        : Optional.empty();
  }

  private OptionalInt find(BpfFunction program, long position) throws ObjectRefusedException {
    OptionalInt found =
        functions.text() == 0
            ? OptionalInt.empty()
            : functions.containing(functions.text(), position);
    if (found.isEmpty()) {
      throw refused(
          program, "it calls instruction " + position + " of .text, which is no function");
    }
    return found;
  }

  private static ObjectRefusedException refused(BpfFunction program, String problem) {
    return ObjectRefusedException.ofSymbol(
        program.sectionName(), program.name(), problem, "compile it with clang for BPF");
  }
}
