// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.manifest;

import java.util.List;
import java.util.Optional;

/** What a link attaches to; one record a kind, with exactly the keys that the kind has. */
public sealed interface LinkTarget {
  /** The LSM hook that the program was loaded for. */
  record Lsm() implements LinkTarget {}

  /** The function or tracepoint that the program was loaded for. */
  record Tracing() implements LinkTarget {}

  /** The iterator that the program was loaded for. */
  record Iterator() implements LinkTarget {}

  /** A raw tracepoint by name. */
  record RawTracepoint(String name) implements LinkTarget {}

  /**
   * A cgroup.
   *
   * @param attachType number of {@code enum bpf_attach_type}, at most 255
   * @param path from the root of the cgroup file system, beginning with a slash
   */
  record Cgroup(int attachType, String path) implements LinkTarget {}

  /** A network interface, before the stack; without a mode the kernel chooses. */
  record Xdp(String device, Optional<XdpMode> mode) implements LinkTarget {}

  /**
   * A network interface's traffic control.
   *
   * @param attachType number of {@code enum bpf_attach_type}, at most 255
   */
  record Tcx(String device, int attachType) implements LinkTarget {}

  /** A tracepoint, by a perf event. */
  record Tracepoint(String category, String name) implements LinkTarget {}

  /**
   * A function of the kernel, by a perf event.
   *
   * @param offset bytes from its first one, at most 4294967295
   * @param onReturn whether the program runs when it returns
   */
  record Kprobe(String function, long offset, boolean onReturn) implements LinkTarget {}

  /** Several functions of the kernel. */
  record KprobeMulti(List<String> functions, boolean onReturn) implements LinkTarget {
    /** Copies the list. */
    public KprobeMulti {
      functions = List.copyOf(functions);
    }
  }

  /**
   * A netfilter hook.
   *
   * @param protocolFamily number of {@code NFPROTO_*}, at most 255
   * @param hook number of the hook within the family, at most 255
   * @param priority among the hook's programs
   */
  record Netfilter(int protocolFamily, int hook, int priority) implements LinkTarget {}

  /** Whether the end of a network device or a cgroup ends the link, whatever the guard says. */
  default boolean endsWithItsTarget() {
    return switch (this) {
      case Xdp x -> true;
      case Tcx t -> true;
      case Cgroup(int type, String path) -> !path.equals("/");
      case Lsm l -> false;
      case Tracing t -> false;
      case Iterator i -> false;
      case RawTracepoint r -> false;
      case Tracepoint t -> false;
      case Kprobe k -> false;
      case KprobeMulti k -> false;
      case Netfilter n -> false;
    };
  }
}
