// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Outer maps: slots filled from named inner maps, some left empty, and one that has only an inner definition. */
#include "vector.h"

struct inner_array {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u32);
} first SEC(".maps"), second SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 4);
	__type(key, __u32);
	__array(values, struct inner_array);
} by_number SEC(".maps") = {
	.values = { [0] = &first, [3] = &second },
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
	__uint(max_entries, 8);
	__type(key, __u64);
	__array(values, struct {
		__uint(type, BPF_MAP_TYPE_HASH);
		__uint(max_entries, 16);
		__type(key, __u32);
		__type(value, __u64);
	});
} by_name SEC(".maps");

SEC("raw_tp/sched_process_exec")
int count_in_inner_map(void *ctx)
{
	__u32 slot = 3, zero = 0, *count;
	__u64 name = 7;
	void *inner = bpf_map_lookup_elem(&by_number, &slot);

	if (!inner)
		inner = bpf_map_lookup_elem(&by_name, &name);
	if (!inner)
		return 0;
	count = bpf_map_lookup_elem(inner, &zero);
	if (count)
		__sync_fetch_and_add(count, 1);
	return 0;
}
