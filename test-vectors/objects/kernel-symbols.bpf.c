// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Variables of the kernel with their types: per CPU, used twice and in two programs; weak ones that no kernel has. */
#include "vector.h"
#include <bpf/bpf_tracing.h>

struct rq {
	unsigned int nr_running;
} __attribute__((preserve_access_index));

extern const struct rq runqueues __ksym;
extern const int bpf_prog_active __ksym;
extern const struct rq no_such_variable __ksym __weak;

__u64 running;
__u64 active;

SEC("raw_tp/sched_switch")
int read_run_queue(void *ctx)
{
	const struct rq *queue = bpf_per_cpu_ptr(&runqueues, 0);
	const struct rq *own = bpf_this_cpu_ptr(&runqueues);

	if (queue)
		running += queue->nr_running;
	running += own->nr_running;
	active += *(int *)bpf_this_cpu_ptr(&bpf_prog_active);
	if (&no_such_variable)
		running = 0;
	return 0;
}

SEC("raw_tp/sched_process_exec")
int read_again(void *ctx)
{
	const struct rq *own = bpf_this_cpu_ptr(&runqueues);

	running = own->nr_running;
	return 0;
}
