// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A program that needs no loader, with constants that its signature covers. */
#define SEC(name) __attribute__((section(name), used))

char LICENSE[] SEC("license") = "Dual BSD/GPL";

const volatile unsigned int limits[4] = { 64, 128, 1500, 9000 };

static __attribute__((noinline)) unsigned int limit_of(unsigned int length)
{
	return limits[length & 3];
}

SEC("socket")
int cut(const unsigned int *packet)
{
	return (int)limit_of(packet[0]);
}
