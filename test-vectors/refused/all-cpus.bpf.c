// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A perf event array without a size: it gets the target's number of CPUs. */
#include "../objects/vector.h"

struct {
	__uint(type, BPF_MAP_TYPE_PERF_EVENT_ARRAY);
	__uint(key_size, sizeof(int));
	__uint(value_size, sizeof(int));
} events SEC(".maps");

SEC("raw_tp/sched_process_exec")
int send_event(void *ctx)
{
	__u64 one = 1;

	bpf_perf_event_output(ctx, &events, BPF_F_CURRENT_CPU, &one, sizeof(one));
	return 0;
}
