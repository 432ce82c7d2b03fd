// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Addresses of static functions: bpf_loop and bpf_for_each_map_elem, one callback that calls a subprogram. */
#include "vector.h"

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, __u64);
} slots SEC(".maps");

struct sum {
	__u64 value;
	__u32 steps;
};

static __noinline __u64 squared(__u64 value)
{
	return value * value;
}

static long add_index(__u32 index, struct sum *sum)
{
	sum->value += squared(index);
	sum->steps++;
	return 0;
}

static long add_slot(void *map, __u32 *key, __u64 *value, struct sum *sum)
{
	sum->value += *value;
	*value = *key;
	return 0;
}

SEC("raw_tp/sched_process_exec")
int run_callbacks(void *ctx)
{
	struct sum sum = {};
	__u32 zero = 0;

	bpf_loop(10, add_index, &sum, 0);
	bpf_for_each_map_elem(&slots, add_slot, &sum, 0);
	bpf_loop(3, add_index, &sum, 0);
	bpf_map_update_elem(&slots, &zero, &sum.value, 0);
	return 0;
}
