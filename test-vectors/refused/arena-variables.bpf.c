// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Global variables inside an arena. */
#include "../objects/vector.h"

struct {
	__uint(type, 33);
	__uint(map_flags, 0x400);
	__uint(max_entries, 4);
} arena SEC(".maps");

int __attribute__((address_space(1))) in_arena SEC(".addr_space.1");

SEC("syscall")
int use_arena(void *ctx)
{
	__u32 zero = 0;

	in_arena++;
	return bpf_map_lookup_elem(&arena, &zero) ? 1 : 0;
}
