// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A map that asks to be pinned by its name. */
#include "../objects/vector.h"

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
	__uint(pinning, 1);
} kept SEC(".maps");

SEC("socket")
int use_kept(void *packet)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&kept, &zero) ? 1 : 0;
}
