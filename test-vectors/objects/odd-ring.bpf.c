// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A ring buffer whose size isn't a power of two of pages: it is rounded up with the target's page size, also in an inner definition. */
#include "vector.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 5000);
} ring SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 1);
	__type(key, __u32);
	__array(values, struct {
		__uint(type, BPF_MAP_TYPE_RINGBUF);
		__uint(max_entries, 4097);
	});
} rings SEC(".maps");

SEC("raw_tp/sched_process_exec")
int send_record(void *ctx)
{
	__u64 one = 1;
	__u32 zero = 0;
	void *inner = bpf_map_lookup_elem(&rings, &zero);

	bpf_ringbuf_output(&ring, &one, sizeof(one), 0);
	if (inner)
		bpf_ringbuf_output(inner, &one, sizeof(one), 0);
	return 0;
}
