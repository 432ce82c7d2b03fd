// SPDX-License-Identifier: Apache-2.0
package org.bpfseal.preload.guard;

import java.util.List;
import org.bpfseal.preload.loader.LabKey;
import org.bpfseal.preload.loader.LabProgram;

/**
 * Programs with links of many kinds, held and not, which the guest knows by name.
 *
 * @param key that signs them
 */
record AttackTargets(LabKey key) {
  List<LabProgram> programs(boolean held) {
    return List.of(
        program(
            held,
            "lsm-observers",
            """
            map lsm_obse.bss array
            prog watch_open lsm
            prog watch_exec lsm
            prog watch_committed lsm
            link open watch_open lsm stop-on-confirm
            link exec watch_exec lsm stop-on-confirm=none
            link committed watch_committed lsm stop-on-confirm=ops.der
            """),
        program(
            held,
            "tracepoints",
            """
            map tracepoi.bss array
            prog on_exec tracepoint
            prog on_exit tracepoint
            prog on_switch raw_tracepoint
            link switch on_switch raw_tracepoint name=sched_switch stop-on-confirm
            link exec on_exec tracepoint category=sched name=sched_process_exec stop-on-confirm
            link loose on_exit tracepoint category=sched name=sched_process_exit
            """),
        program(
            held,
            "cgroup-network",
            """
            map cgroup_n.bss array
            prog count_in cgroup_skb
            prog count_out cgroup_skb
            prog allow_connect cgroup_sock_addr
            prog allow_socket cgroup_sock
            link in count_in cgroup attach_type=0 path=/ stop-on-confirm
            link connect allow_connect cgroup attach_type=10 path=/ stop-on-confirm
            """),
        program(
            held,
            "xdp-and-tc",
            """
            map packets percpu_array pin
            prog count_frames xdp
            prog pass_large_fram xdp
            prog classify sched_cls
            prog look_at_incomin sched_cls
            link frames count_frames xdp dev=lo mode=generic stop-on-confirm best-effort
            link incoming look_at_incomin tcx dev=lo attach_type=46 stop-on-confirm best-effort
            """));
  }

  private LabProgram program(boolean held, String vector, String described) {
    String lines = held ? described : described.replaceAll(" stop-on-confirm.*", "");
    return LabProgram.of(vector, key, lines);
  }
}
