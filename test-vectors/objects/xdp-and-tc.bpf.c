// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Packets: XDP with and without fragments, classifier, tcx. Everything passes. */
#include "vector.h"

struct xdp_md {
	__u32 data;
	__u32 data_end;
	__u32 data_meta;
	__u32 ingress_ifindex;
	__u32 rx_queue_index;
	__u32 egress_ifindex;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u64);
} packets SEC(".maps");

static __always_inline void count(__u32 kind)
{
	__u64 *value = bpf_map_lookup_elem(&packets, &kind);

	if (value)
		(*value)++;
}

SEC("xdp")
int count_frames(struct xdp_md *frame)
{
	void *data = (void *)(unsigned long)frame->data, *end = (void *)(unsigned long)frame->data_end;

	if (data + 14 <= end)
		count(*(__u8 *)data & 1);
	return 2;
}

SEC("xdp.frags")
int pass_large_frames(struct xdp_md *frame)
{
	return 2;
}

SEC("tc")
int classify(void *packet)
{
	count(0);
	return -1;
}

SEC("tcx/ingress")
int look_at_incoming(void *packet)
{
	count(1);
	return -1;
}
