// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* An arena: a map whose address is an extra number, without global variables in it. */
#include "vector.h"

struct {
	__uint(type, 33);
	__uint(map_flags, 0x400);
	__uint(max_entries, 4);
	enum { map_extra_is = 0x10000000 } map_extra;
} arena SEC(".maps");

extern void *bpf_arena_alloc_pages(void *map, void *address, __u32 pages, int node, __u64 flags) __ksym;

__u64 allocated;

SEC("syscall")
int allocate_page(void *ctx)
{
	allocated = bpf_arena_alloc_pages(&arena, 0, 1, -1, 0) != 0;
	return 0;
}
