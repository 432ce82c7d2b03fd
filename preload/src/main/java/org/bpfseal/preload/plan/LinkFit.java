// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.plan;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.bpfseal.verifier.bpf.ProgramType;
import org.bpfseal.verifier.loader.LoadedProgram;
import org.bpfseal.verifier.manifest.LinkTarget;

/**
 * Which prog the kernel lets a link attach: {@code bpf_prog_attach_check_attach_type()} and {@code
 * link_create()} of kernel/bpf/syscall.c, 7.3. Numbers are those of {@code enum bpf_attach_type}.
 */
final class LinkFit {
  private static final int TRACE_RAW_TP = 23;
  private static final int MODIFY_RETURN = 26;
  private static final int LSM_MAC = 27;
  private static final int TRACE_ITER = 28;
  private static final int TRACE_KPROBE_MULTI = 42;
  private static final int LSM_CGROUP = 43;
  private static final int TCX_INGRESS = 46;
  private static final int TCX_EGRESS = 47;

  private static final Set<ProgramType> CGROUP_TYPES =
      EnumSet.of(
          ProgramType.CGROUP_SKB,
          ProgramType.CGROUP_SOCK,
          ProgramType.CGROUP_SOCK_ADDR,
          ProgramType.CGROUP_DEVICE,
          ProgramType.CGROUP_SYSCTL,
          ProgramType.CGROUP_SOCKOPT,
          ProgramType.SOCK_OPS);

  private LinkFit() {}

  /** Where a prog says itself that it belongs, if it does. */
  static Optional<LinkTarget> ownTarget(LoadedProgram prog) {
    int attachType = (int) prog.attachType();
    if (prog.type() == ProgramType.LSM && attachType == LSM_MAC) {
      return Optional.of(new LinkTarget.Lsm());
    }
    if (prog.type() == ProgramType.TRACING && attachType == TRACE_ITER) {
      return Optional.of(new LinkTarget.Iterator());
    }
    return isTraced(prog) ? Optional.of(new LinkTarget.Tracing()) : Optional.empty();
  }

  /** What stands against the link, if something does. */
  static Optional<String> fault(LinkTarget target, LoadedProgram prog) {
    return switch (target) {
      case LinkTarget.Lsm _ ->
          unless(
              ownTarget(prog).filter(target::equals).isPresent(), "an lsm link takes an LSM prog");
      case LinkTarget.Iterator _ ->
          unless(
              ownTarget(prog).filter(target::equals).isPresent(), "an iter link takes an iterator");
      case LinkTarget.Tracing _ ->
          unless(isTraced(prog), "a tracing link takes fentry, fexit, fmod_ret and tp_btf progs");
      case LinkTarget.RawTracepoint _ ->
          unless(
              prog.type() == ProgramType.RAW_TRACEPOINT
                  || prog.type() == ProgramType.RAW_TRACEPOINT_WRITABLE,
              "a raw_tracepoint link takes a raw_tracepoint prog");
      case LinkTarget.Cgroup cgroup -> cgroupFault(cgroup, prog);
      case LinkTarget.Xdp _ ->
          unless(prog.type() == ProgramType.XDP, "an xdp link takes an xdp prog");
      case LinkTarget.Tcx tcx -> tcxFault(tcx, prog);
      case LinkTarget.Tracepoint _ ->
          unless(
              prog.type() == ProgramType.TRACEPOINT, "a tracepoint link takes a tracepoint prog");
      case LinkTarget.Kprobe _ ->
          unless(
              prog.type() == ProgramType.KPROBE && prog.attachType() != TRACE_KPROBE_MULTI,
              "a kprobe link takes a kprobe prog that isn't of kprobe.multi");
      case LinkTarget.KprobeMulti _ ->
          unless(
              prog.type() == ProgramType.KPROBE && prog.attachType() == TRACE_KPROBE_MULTI,
              "a kprobe_multi link takes a prog of section kprobe.multi");
      case LinkTarget.Netfilter _ ->
          unless(prog.type() == ProgramType.NETFILTER, "a netfilter link takes a netfilter prog");
    };
  }

  private static boolean isTraced(LoadedProgram prog) {
    return prog.type() == ProgramType.TRACING
        && prog.attachType() >= TRACE_RAW_TP
        && prog.attachType() <= MODIFY_RETURN;
  }

  private static Optional<String> cgroupFault(LinkTarget.Cgroup target, LoadedProgram prog) {
    boolean lsm = prog.type() == ProgramType.LSM && prog.attachType() == LSM_CGROUP;
    if (!lsm && !CGROUP_TYPES.contains(prog.type())) {
      return Optional.of("a cgroup link takes cgroup, sock_ops and lsm_cgroup progs");
    }
    // The kernel compares the attach type of all but the packet and device programs.
    boolean free =
        prog.type() == ProgramType.CGROUP_SKB && prog.attachType() == 0 && target.attachType() <= 1;
    return unless(
        free || target.attachType() == prog.attachType(),
        "it was signed for attach type " + prog.attachType());
  }

  private static Optional<String> tcxFault(LinkTarget.Tcx target, LoadedProgram prog) {
    if (prog.type() != ProgramType.SCHED_CLS) {
      return Optional.of("a tcx link takes a sched_cls prog");
    }
    return unless(
        target.attachType() == TCX_INGRESS || target.attachType() == TCX_EGRESS,
        "it needs attach_type=ingress or attach_type=egress");
  }

  private static Optional<String> unless(boolean good, String fault) {
    return good ? Optional.empty() : Optional.of(fault);
  }
}
