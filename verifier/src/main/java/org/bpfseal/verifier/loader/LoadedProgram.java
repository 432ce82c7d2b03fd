// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.loader;

import java.util.List;
import java.util.Optional;
import org.bpfseal.verifier.bpf.ProgramType;
import org.bpfseal.verifier.bytes.Bytes;

/**
 * A program that the loader loads.
 *
 * @param name as the kernel has it, at most 15 characters
 * @param flags {@code BPF_F_*} of program loading
 * @param attachType number of {@code enum bpf_attach_type}
 * @param target what it is bound to when it is loaded, for the types that are
 * @param insns the final instructions before the loader fills in its externs
 * @param functions records of function information
 * @param lines records of line information
 * @param relocations CO-RE records: instructions that the kernel adjusts to its own types
 * @param externs in the order of their first use
 */
public record LoadedProgram(
    String name,
    ProgramType type,
    long flags,
    long attachType,
    Optional<AttachTarget> target,
    String license,
    Bytes insns,
    long functions,
    long lines,
    long relocations,
    List<Extern> externs) {
  private static final int SLEEPABLE = 1 << 4;
  private static final int INSN_SIZE = 8;

  /** Copies the list. */
  public LoadedProgram {
    externs = List.copyOf(externs);
  }

  /** Whether it may sleep: {@code BPF_F_SLEEPABLE}. */
  public boolean isSleepable() {
    return (flags & SLEEPABLE) != 0;
  }

  /** The number of its instructions, those of 16 bytes counted twice as the kernel does. */
  public int insnCount() {
    return insns.size() / INSN_SIZE;
  }

  /** What it is bound to, without the prefix that the kernel's BTF gives hooks of this type. */
  public Optional<String> hook() {
    return target.map(AttachTarget::name).map(this::withoutPrefix);
  }

  private String withoutPrefix(String name) {
    String prefix =
        switch (type) {
          case LSM -> "bpf_lsm_";
          case TRACING -> name.startsWith("bpf_iter_") ? "bpf_iter_" : "btf_trace_";
          default -> "";
        };
    return name.startsWith(prefix) ? name.substring(prefix.length()) : name;
  }
}
