// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A map in the section "maps", the form before BTF. */
#include "../objects/vector.h"

struct {
	__u32 type, key_size, value_size, max_entries, map_flags;
} old_map SEC("maps") = { BPF_MAP_TYPE_ARRAY, 4, 4, 1, 0 };

SEC("socket")
int use_old_map(void *packet)
{
	__u32 zero = 0;

	return bpf_map_lookup_elem(&old_map, &zero) ? 1 : 0;
}
