// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.program;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bpfseal.signer.object.BpfFunction;
import org.bpfseal.signer.object.BpfObject;
import org.bpfseal.signer.object.Extern;
import org.bpfseal.verifier.bpf.MapType;
import org.bpfseal.verifier.bpf.ProgramType;

/** What an object asks of the kernel that loads it. */
final class Needs {
  private final BpfObject object;
  private final List<String> needs = new ArrayList<>();

  private Needs(BpfObject object) {
    this.object = object;
  }

  static List<String> of(BpfObject object) {
    Needs needs = new Needs(object);
    needs.add();
    return needs.needs;
  }

  private void add() {
    boolean perCpu =
        object.maps().stream()
            .anyMatch(map -> map.content().filter(content -> content.perCpu()).isPresent());
    needs.add(
        perCpu
            ? "kernel 7.3 or later, for the variables in .percpu"
            : "kernel 6.18 or later to check the signature");
    if (programs().anyMatch(type -> type == ProgramType.LSM)) {
      needs.add("BPF LSM (CONFIG_BPF_LSM, and bpf in the kernel's lsm= list)");
    }
    addExterns("function", extern -> extern instanceof Extern.KernelFunction ? label(extern) : "");
    addExterns(
        "variable",
        extern ->
            extern instanceof Extern.KernelVariable variable && variable.typed()
                ? label(extern)
                : "");
    addExterns(
        "address of",
        extern ->
            extern instanceof Extern.KernelVariable variable && !variable.typed()
                ? label(extern) + " (0 is signed, the loader looks it up; bpftool signs its own)"
                : "");
    addExterns(
        "value of",
        extern -> extern instanceof Extern.ConfigValue ? label(extern) + ", fixed" : "");
    if (object.maps().stream()
        .anyMatch(map -> map.definition().type() == MapType.RINGBUF.number())) {
      needs.add("pages of the size given, for its ring buffers");
    }
  }

  private Stream<ProgramType> programs() {
    return object.functions().functions().stream()
        .filter(BpfFunction::isLoaded)
        .flatMap(function -> function.kind().stream())
        .map(kind -> kind.type());
  }

  private static String label(Extern extern) {
    return extern.name() + (extern.weak() ? " (weak)" : "");
  }

  private void addExterns(String what, Function<Extern, String> label) {
    object.externs().stream()
        .map(label)
        .filter(text -> !text.isEmpty())
        .sorted()
        .forEach(text -> needs.add(what + " " + text));
  }
}
