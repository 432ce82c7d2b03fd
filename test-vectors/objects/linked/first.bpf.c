// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* One of the two halves of linked.bpf.o: calls a function and uses a map and a variable of the other half. */
#include "../vector.h"

extern __u64 shared_count;
extern int weigh(__u64 value);

extern struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 16);
	__type(key, __u32);
	__type(value, __u64);
} shared_map SEC(".maps");

const volatile __u32 step = 3;
static volatile __u32 own_state = 1;

static __noinline __u64 local(__u64 value)
{
	return value + own_state;
}

SEC("raw_tp/sched_process_exec")
int first_half(void *ctx)
{
	__u32 key = weigh(local(step));
	__u64 value = shared_count;

	bpf_map_update_elem(&shared_map, &key, &value, 0);
	return 0;
}
