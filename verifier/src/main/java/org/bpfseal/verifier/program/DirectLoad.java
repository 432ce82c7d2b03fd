// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.program;

import java.util.Optional;
import org.bpfseal.verifier.bpf.ProgramType;

/**
 * How a program that is signed directly, without a loader, has to be loaded: the attributes of
 * {@code BPF_PROG_LOAD} besides its instructions. No signature covers any of it.
 *
 * @param function the program's name in its source; the kernel keeps 15 bytes of it
 * @param attachType unsigned number of {@code enum bpf_attach_type}
 * @param flags {@code BPF_F_*} of program loading
 * @param mapFlags {@code BPF_F_*} of the one map that it uses, if it uses one
 * @param target in the kernel's BTF that it is bound to, for the types that are
 * @param license empty for none
 */
public record DirectLoad(
    String function,
    ProgramType type,
    long attachType,
    long flags,
    long mapFlags,
    Optional<String> target,
    String license) {
  private static final int SLEEPABLE = 1 << 4;

  /** Whether it may sleep: {@code BPF_F_SLEEPABLE}. */
  public boolean isSleepable() {
    return (flags & SLEEPABLE) != 0;
  }

  /** The text of the member {@code load}. */
  public String text() {
    return "function %s\ntype %s\nattach-type %d\nflags 0x%x\nmap-flags 0x%x\n"
            .formatted(function, type.text(), attachType, flags, mapFlags)
        + target.map(name -> "target " + name + "\n").orElse("")
        + (license.isEmpty() ? "" : "license " + license + "\n");
  }
}
