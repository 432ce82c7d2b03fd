// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.skeleton;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.bpfseal.signer.btf.Btf;
import org.bpfseal.signer.btf.BtfKind;
import org.bpfseal.signer.object.BpfFunction;
import org.bpfseal.signer.object.BpfObject;
import org.bpfseal.signer.object.ObjectRefusedException;
import org.bpfseal.verifier.bytes.FormatException;

/**
 * Functions that a BTF tag {@code exception_callback:NAME} on a program names: they belong to it
 * though no instruction refers to them. Of a program with two tags none is taken; the kernel
 * refuses it later. See {@code bpf_prog_assign_exc_cb()} of libbpf 1.8.
 */
final class ExceptionCallbacks {
  private static final String PREFIX = "exception_callback:";

  private final BpfObject object;
  private final Map<String, String> callbackOf = new HashMap<>();
  private final Set<String> ambiguous = new HashSet<>();
  private final Map<String, Integer> subprograms = new HashMap<>();

  private ExceptionCallbacks(BpfObject object) {
    this.object = object;
  }

  static ExceptionCallbacks of(BpfObject object) throws FormatException, ObjectRefusedException {
    ExceptionCallbacks callbacks = new ExceptionCallbacks(object);
    if (object.btf().isPresent()) {
      callbacks.collect(object.btf().get());
    }
    if (!callbacks.callbackOf.isEmpty()) {
      callbacks.collectSubprograms();
    }
    return callbacks;
  }

  private void collect(Btf btf) throws FormatException, ObjectRefusedException {
    for (int id = 1; id < btf.count(); id++) {
      if (btf.kind(id) == BtfKind.DECL_TAG
          && btf.tagComponent(id) == -1
          && btf.name(id).startsWith(PREFIX)) {
        int tagged = btf.sizeOrType(id);
        if (btf.kind(tagged) != BtfKind.FUNC || btf.linkage(tagged) != Btf.GLOBAL) {
          throw ObjectRefusedException.ofSymbol(
              "", btf.name(tagged), btf.name(id) + " is no tag of a program", "tag a program");
        }
        String program = btf.name(tagged);
        if (callbackOf.put(program, btf.name(id).substring(PREFIX.length())) != null) {
          ambiguous.add(program);
        }
      }
    }
  }

  private void collectSubprograms() {
    for (int i = 0; i < object.functions().size(); i++) {
      if (object.functions().function(i).subprogram()) {
        subprograms.putIfAbsent(object.functions().function(i).name(), i);
      }
    }
  }

  /** The callback of a program, if it has exactly one. */
  OptionalInt of(BpfFunction program) throws ObjectRefusedException {
    Optional<String> name =
        ambiguous.contains(program.name())
            ? Optional.empty()
            : Optional.ofNullable(callbackOf.get(program.name()));
    if (name.isEmpty()) {
      return OptionalInt.empty();
    }
    Integer callback = subprograms.get(name.get());
    if (callback != null
        && object.functions().function(callback).visibility() == BpfFunction.Visibility.GLOBAL) {
      return OptionalInt.of(callback);
    }
    throw ObjectRefusedException.ofSymbol(
        program.sectionName(),
        program.name(),
        "its exception callback " + name.get() + " is no global function of .text",
        "make it global and not hidden");
  }
}
