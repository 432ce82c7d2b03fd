// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.verifier.bpf;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Kinds of BPF programs: {@code enum bpf_prog_type} of include/uapi/linux/bpf.h, kernel 7.3.
 *
 * <p>Number 0 (unspec) is no type.
 */
public enum ProgramType {
  SOCKET_FILTER(1),
  KPROBE(2),
  SCHED_CLS(3),
  SCHED_ACT(4),
  TRACEPOINT(5),
  XDP(6),
  PERF_EVENT(7),
  CGROUP_SKB(8),
  CGROUP_SOCK(9),
  LWT_IN(10),
  LWT_OUT(11),
  LWT_XMIT(12),
  SOCK_OPS(13),
  SK_SKB(14),
  CGROUP_DEVICE(15),
  SK_MSG(16),
  RAW_TRACEPOINT(17),
  CGROUP_SOCK_ADDR(18),
  LWT_SEG6LOCAL(19),
  LIRC_MODE2(20),
  SK_REUSEPORT(21),
  FLOW_DISSECTOR(22),
  CGROUP_SYSCTL(23),
  RAW_TRACEPOINT_WRITABLE(24),
  CGROUP_SOCKOPT(25),
  TRACING(26),
  STRUCT_OPS(27),
  EXT(28),
  LSM(29),
  SK_LOOKUP(30),
  SYSCALL(31),
  NETFILTER(32);

  private static final Map<String, ProgramType> BY_TEXT =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(ProgramType::text, Function.identity()));

  private static final Map<Long, ProgramType> BY_NUMBER =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(type -> (long) type.number, Function.identity()));

  private final String text = name().toLowerCase(Locale.ROOT);
  private final int number;

  ProgramType(int number) {
    this.number = number;
  }

  /**
   * The name in the manifest and in all output: the kernel's, without its prefix, in lower case.
   */
  public String text() {
    return text;
  }

  /** The kernel's number. */
  public int number() {
    return number;
  }

  /** The type of that name, if there is one. */
  public static Optional<ProgramType> of(String text) {
    return Optional.ofNullable(BY_TEXT.get(text));
  }

  /** The type of that unsigned number, if there is one. */
  public static Optional<ProgramType> of(long number) {
    return Optional.ofNullable(BY_NUMBER.get(number));
  }
}
