// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A map definition with a member that nobody knows. */
#include "../objects/vector.h"

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
	__uint(colour, 7);
} coloured SEC(".maps");

SEC("socket")
int use_coloured(void *packet)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&coloured, &zero) ? 1 : 0;
}
