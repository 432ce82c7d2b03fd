// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.loader;

/**
 * Programs of {@code test-vectors/objects} with what they hold and a link of each kind.
 *
 * @param key that signs them
 */
record LabPrograms(LabKey key) {
  static final String LSM_OBJECTS =
      "map lsm_obse.bss array\nprog watch_open lsm\nprog watch_exec lsm\nprog watch_committed lsm\n";
  static final String LSM_LINK = "link open watch_open lsm\n";

  /** The one that most tests take: three observers, one of them attached. */
  LabProgram lsm() {
    return LabProgram.of("lsm-observers", key, LSM_OBJECTS + LSM_LINK);
  }

  LabProgram tracing() {
    return LabProgram.of(
        "tracing-targets",
        key,
        """
        map tracing_.bss array
        prog enter_read tracing
        prog leave_read tracing
        prog keep_return_val tracing
        prog typed_exec tracing
        link enter enter_read tracing
        link leave leave_read tracing
        link keep keep_return_val tracing
        link exec typed_exec tracing
        """);
  }

  LabProgram tracepoints() {
    return LabProgram.of(
        "tracepoints",
        key,
        """
        map tracepoi.bss array
        prog on_exec tracepoint
        prog on_exit tracepoint
        prog on_switch raw_tracepoint
        link switch on_switch raw_tracepoint name=sched_switch
        link exec on_exec tracepoint category=sched name=sched_process_exec
        """);
  }

  LabProgram kprobes() {
    return LabProgram.of(
        "kprobes",
        key,
        """
        map kprobes.bss array
        prog enter_vfs_read kprobe
        prog return_vfs_read kprobe
        prog enter_any kprobe
        link enter enter_vfs_read kprobe func=vfs_read
        link return return_vfs_read kprobe func=vfs_read ret=1
        link many enter_any kprobe_multi funcs=vfs_read,vfs_write,vfs_open
        """);
  }

  LabProgram packets() {
    return LabProgram.of(
        "xdp-and-tc",
        key,
        """
        map packets percpu_array pin
        prog count_frames xdp
        prog pass_large_fram xdp
        prog classify sched_cls
        prog look_at_incomin sched_cls
        link frames count_frames xdp dev=lo mode=generic
        link incoming look_at_incomin tcx dev=lo attach_type=46
        """);
  }

  LabProgram cgroup() {
    return LabProgram.of(
        "cgroup-network",
        key,
        """
        map cgroup_n.bss array
        prog count_in cgroup_skb
        prog count_out cgroup_skb
        prog allow_connect cgroup_sock_addr
        prog allow_socket cgroup_sock
        link in count_in cgroup attach_type=0 path=/
        link connect allow_connect cgroup attach_type=10 path=/
        """);
  }

  LabProgram iterators() {
    return LabProgram.of(
        "iterators",
        key,
        """
        map iterator.rodata array
        prog list_tasks tracing
        prog list_maps tracing
        link tasks list_tasks iter
        """);
  }

  LabProgram netfilter() {
    return LabProgram.of(
        "netfilter-accept",
        key,
        """
        map netfilte.bss array
        prog accept_packet netfilter
        link in accept_packet netfilter pf=2 hook=1 priority=-128
        """);
  }
}
