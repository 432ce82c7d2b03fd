// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The other half: defines what the first one declares, and has static names of its own that are the same. */
#define VECTOR_WITHOUT_LICENSE
#include "../vector.h"

__u64 shared_count = 10;

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} shared_map SEC(".maps");

static volatile __u32 own_state = 2;

static __noinline __u64 local(__u64 value)
{
	return value * own_state;
}

__noinline int weigh(__u64 value)
{
	shared_count++;
	return local(value) & 15;
}

SEC("raw_tp/sched_process_exit")
int second_half(void *ctx)
{
	return weigh(5) ? 0 : 1;
}
