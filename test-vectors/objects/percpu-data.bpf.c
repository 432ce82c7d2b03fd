// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A variable with one copy for each CPU: section .percpu, a map without direct access from user space. */
#include "vector.h"

__u64 exec_count SEC(".percpu") = 5;
__u32 last_pid SEC(".percpu");
__u64 all_cpus;

SEC("raw_tp/sched_process_exec")
int count_on_this_cpu(void *ctx)
{
	exec_count++;
	last_pid = bpf_get_current_pid_tgid() >> 32;
	__sync_fetch_and_add(&all_cpus, 1);
	return 0;
}
