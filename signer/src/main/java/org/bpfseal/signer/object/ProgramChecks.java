// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import org.bpfseal.verifier.bpf.ProgramType;

/**
 * Refuses programs that a light skeleton can't load. Optional ones are never loaded, so may stay.
 */
final class ProgramChecks {
  private ProgramChecks() {}

  static void check(FunctionTable functions) throws ObjectRefusedException {
    for (BpfFunction function : functions.functions()) {
      if (function.isLoaded()) {
        check(function);
      }
    }
  }

  private static void check(BpfFunction program) throws ObjectRefusedException {
    if (program.kind().isEmpty()) {
      throw refused(
          program,
          "the section's name says no program type",
          "name it as libbpf does, for example SEC(\"socket\"), or begin it with ? to leave it out");
    }
    SectionKind kind = program.kind().get();
    if (kind.type() == ProgramType.EXT) {
      throw refused(
          program,
          "a replacement needs its target program at signing time",
          "sign it with --as object, or split it into its own object");
    }
    if (kind.type() == ProgramType.STRUCT_OPS) {
      throw refused(
          program,
          "struct_ops is not possible in a light skeleton",
          "split it into an object of its own and sign that with --as object");
    }
    if (kind.needsTarget() && program.target().isEmpty()) {
      throw refused(
          program,
          "it names no function or hook to attach to",
          "write it into the section's name, for example SEC(\"fentry/do_unlinkat\")");
    }
  }

  private static ObjectRefusedException refused(BpfFunction program, String problem, String hint) {
    return ObjectRefusedException.ofSymbol(program.sectionName(), program.name(), problem, hint);
  }
}
