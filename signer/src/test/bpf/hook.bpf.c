// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A program that needs no loader, on a hook that the kernel's own types name. It allows everything. */
#define SEC(name) __attribute__((section(name), used))

char LICENSE[] SEC("license") = "GPL";

SEC("lsm.s/file_open")
int allow(void *arguments)
{
	return 0;
}
