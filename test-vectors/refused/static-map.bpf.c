// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A static map: its variable isn't global. */
#include "../objects/vector.h"

static struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} unseen SEC(".maps");

SEC("socket")
int use_unseen(void *packet)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&unseen, &zero) ? 1 : 0;
}
