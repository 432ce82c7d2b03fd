// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.signer.object;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bpfseal.verifier.bpf.ProgramType;

/**
 * What the name of a program's section says about it.
 *
 * <p>{@code section_defs} of libbpf 1.8 ({@code tools/lib/bpf/libbpf.c} at 7.3). A name with {@code
 * +} stands alone or before {@code /…}, others only alone; no two match the same section.
 *
 * @param attachType {@code expected_attach_type}
 * @param sleepable {@code BPF_F_SLEEPABLE}
 * @param fragments {@code BPF_F_XDP_HAS_FRAGS}
 * @param needsTarget whether the text after the first {@code /} names a function or hook of the
 *     kernel, which is looked up when the program is loaded
 */
public record SectionKind(
    ProgramType type, int attachType, boolean sleepable, boolean fragments, boolean needsTarget) {
  private static final int RAW_TP = 23;
  private static final int LSM_MAC = 27;
  private static final int ITER = 28;
  private static final int LSM_CGROUP = 43;

  /**
   * Program type, attach type, flags (S sleepable, X fragments, B needs a target), names. A usdt
   * section has the attach type of uprobe.multi, since the newest kernel is assumed.
   */
  private static final String TABLE =
      """
      SOCKET_FILTER            0 -  socket
      SK_REUSEPORT            40 -  sk_reuseport/migrate
      SK_REUSEPORT            39 -  sk_reuseport
      KPROBE                   0 -  kprobe+ uprobe+ kretprobe+ uretprobe+ ksyscall+ kretsyscall+
      KPROBE                   0 S  uprobe.s+ uretprobe.s+
      KPROBE                  42 -  kprobe.multi+ kretprobe.multi+
      KPROBE                  56 -  kprobe.session+
      KPROBE                  48 -  uprobe.multi+ uretprobe.multi+ usdt+
      KPROBE                  48 S  uprobe.multi.s+ uretprobe.multi.s+ usdt.s+
      KPROBE                  57 -  uprobe.session+
      KPROBE                  57 S  uprobe.session.s+
      SCHED_CLS               46 -  tc/ingress tcx/ingress
      SCHED_CLS               47 -  tc/egress tcx/egress
      SCHED_CLS                0 -  tc classifier
      SCHED_CLS               54 -  netkit/primary
      SCHED_CLS               55 -  netkit/peer
      SCHED_ACT                0 -  action
      TRACEPOINT               0 -  tracepoint+ tp+
      TRACEPOINT               0 S  tracepoint.s+ tp.s+
      RAW_TRACEPOINT           0 -  raw_tracepoint+ raw_tp+
      RAW_TRACEPOINT           0 S  raw_tracepoint.s+ raw_tp.s+
      RAW_TRACEPOINT_WRITABLE  0 -  raw_tracepoint.w+ raw_tp.w+
      TRACING                 23 B  tp_btf+
      TRACING                 23 BS tp_btf.s+
      TRACING                 24 B  fentry+
      TRACING                 24 BS fentry.s+
      TRACING                 26 B  fmod_ret+
      TRACING                 26 BS fmod_ret.s+
      TRACING                 25 B  fexit+
      TRACING                 25 BS fexit.s+
      TRACING                 58 B  fsession+
      TRACING                 58 BS fsession.s+
      TRACING                 61 -  fsession.multi+
      TRACING                 61 S  fsession.multi.s+
      TRACING                 59 -  fentry.multi+
      TRACING                 59 S  fentry.multi.s+
      TRACING                 60 -  fexit.multi+
      TRACING                 60 S  fexit.multi.s+
      TRACING                 28 B  iter+
      TRACING                 28 BS iter.s+
      EXT                      0 B  freplace+
      LSM                     27 B  lsm+
      LSM                     27 BS lsm.s+
      LSM                     43 B  lsm_cgroup+
      SYSCALL                  0 S  syscall
      XDP                     33 X  xdp.frags/devmap
      XDP                     33 -  xdp/devmap
      XDP                     35 X  xdp.frags/cpumap
      XDP                     35 -  xdp/cpumap
      XDP                     37 X  xdp.frags
      XDP                     37 -  xdp
      PERF_EVENT               0 -  perf_event
      LWT_IN                   0 -  lwt_in
      LWT_OUT                  0 -  lwt_out
      LWT_XMIT                 0 -  lwt_xmit
      LWT_SEG6LOCAL            0 -  lwt_seg6local
      SOCK_OPS                 3 -  sockops
      SK_SKB                   4 -  sk_skb/stream_parser
      SK_SKB                   5 -  sk_skb/stream_verdict
      SK_SKB                  38 -  sk_skb/verdict
      SK_SKB                   0 -  sk_skb
      SK_MSG                   7 -  sk_msg
      LIRC_MODE2              16 -  lirc_mode2
      FLOW_DISSECTOR          17 -  flow_dissector
      CGROUP_SKB               0 -  cgroup_skb/ingress cgroup/skb
      CGROUP_SKB               1 -  cgroup_skb/egress
      CGROUP_SOCK              2 -  cgroup/sock_create cgroup/sock
      CGROUP_SOCK             34 -  cgroup/sock_release
      CGROUP_SOCK             12 -  cgroup/post_bind4
      CGROUP_SOCK             13 -  cgroup/post_bind6
      CGROUP_SOCK_ADDR         8 -  cgroup/bind4
      CGROUP_SOCK_ADDR         9 -  cgroup/bind6
      CGROUP_SOCK_ADDR        10 -  cgroup/connect4
      CGROUP_SOCK_ADDR        11 -  cgroup/connect6
      CGROUP_SOCK_ADDR        49 -  cgroup/connect_unix
      CGROUP_SOCK_ADDR        14 -  cgroup/sendmsg4
      CGROUP_SOCK_ADDR        15 -  cgroup/sendmsg6
      CGROUP_SOCK_ADDR        50 -  cgroup/sendmsg_unix
      CGROUP_SOCK_ADDR        19 -  cgroup/recvmsg4
      CGROUP_SOCK_ADDR        20 -  cgroup/recvmsg6
      CGROUP_SOCK_ADDR        51 -  cgroup/recvmsg_unix
      CGROUP_SOCK_ADDR        29 -  cgroup/getpeername4
      CGROUP_SOCK_ADDR        30 -  cgroup/getpeername6
      CGROUP_SOCK_ADDR        52 -  cgroup/getpeername_unix
      CGROUP_SOCK_ADDR        31 -  cgroup/getsockname4
      CGROUP_SOCK_ADDR        32 -  cgroup/getsockname6
      CGROUP_SOCK_ADDR        53 -  cgroup/getsockname_unix
      CGROUP_SYSCTL           18 -  cgroup/sysctl
      CGROUP_SOCKOPT          21 -  cgroup/getsockopt
      CGROUP_SOCKOPT          22 -  cgroup/setsockopt
      CGROUP_DEVICE            6 -  cgroup/dev
      STRUCT_OPS               0 -  struct_ops+
      STRUCT_OPS               0 S  struct_ops.s+
      SK_LOOKUP               36 -  sk_lookup
      NETFILTER               45 -  netfilter
      """;

  private static final Map<String, SectionKind> BY_NAME = new HashMap<>();

  static {
    TABLE
        .lines()
        .map(line -> line.split(" +"))
        .forEach(
            words -> {
              SectionKind kind =
                  new SectionKind(
                      ProgramType.valueOf(words[0]),
                      Integer.parseInt(words[1]),
                      words[2].contains("S"),
                      words[2].contains("X"),
                      words[2].contains("B"));
              for (int i = 3; i < words.length; i++) {
                BY_NAME.put(words[i], kind);
              }
            });
  }

  /** The kind of a section name without its {@code ?}, if it has one. */
  public static Optional<SectionKind> of(String section) {
    SectionKind exact = BY_NAME.get(section);
    if (exact != null) {
      return Optional.of(exact);
    }
    int slash = section.indexOf('/');
    String family = slash < 0 ? section : section.substring(0, slash);
    return Optional.ofNullable(BY_NAME.get(family + "+"));
  }

  /** How many names there are. */
  static int names() {
    return BY_NAME.size();
  }

  /** What stands before a target's name in the kernel's BTF. */
  public String targetPrefix() {
    return switch (attachType) {
      case RAW_TP -> "btf_trace_";
      case LSM_MAC, LSM_CGROUP -> "bpf_lsm_";
      case ITER -> "bpf_iter_";
      default -> "";
    };
  }

  /** Whether the target is a typedef in the kernel's BTF; else it is a function. */
  public boolean isTargetTypedef() {
    return attachType == RAW_TP;
  }
}
