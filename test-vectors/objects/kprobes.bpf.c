// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Probes of kernel functions: entry, return, many at once. */
#include "vector.h"

__u64 entered;
__u64 returned;
__u64 matched;

SEC("kprobe/vfs_read")
int enter_vfs_read(void *registers)
{
	entered++;
	return 0;
}

SEC("kretprobe/vfs_read")
int return_vfs_read(void *registers)
{
	returned++;
	return 0;
}

SEC("kprobe.multi/vfs_*")
int enter_any(void *registers)
{
	matched += bpf_get_func_ip(registers) != 0;
	return 0;
}
