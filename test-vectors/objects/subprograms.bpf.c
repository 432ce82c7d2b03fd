// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Global, static and hidden functions; nested; one used by two programs, one twice by the same. */
#include "vector.h"

__u64 total;

static __noinline __u64 scaled(__u64 value, __u32 factor)
{
	return value * factor + 1;
}

__noinline int parity(__u64 value)
{
	return (scaled(value, 3) ^ (value >> 7)) & 1;
}

__hidden __noinline int weight(__u64 value)
{
	return parity(value) + (int)(scaled(value, 5) & 7);
}

static __noinline __u64 unused_by_the_second(__u64 value)
{
	return scaled(value, 11) + weight(value);
}

SEC("raw_tp/sched_process_exec")
int first_caller(void *ctx)
{
	__u64 id = bpf_get_current_pid_tgid();

	total += unused_by_the_second(id) + weight(id >> 32) + parity(id + 1);
	return 0;
}

SEC("raw_tp/sched_process_exit")
int second_caller(void *ctx)
{
	total += weight(bpf_get_current_pid_tgid());
	return 0;
}
