// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A program that needs no loader, with a variable of its own. It lets each packet pass. */
#define SEC(name) __attribute__((section(name), used))

char LICENSE[] SEC("license") = "GPL";

unsigned long packets;

SEC("cgroup_skb/ingress")
int count(void *packet)
{
	packets++;
	return packet != 0;
}
