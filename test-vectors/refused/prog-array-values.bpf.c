// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A program array with initial entries. */
#include "../objects/vector.h"

int tail(void *packet);

struct {
	__uint(type, 3);
	__uint(max_entries, 2);
	__uint(key_size, sizeof(__u32));
	__array(values, int(void *));
} tails SEC(".maps") = {
	.values = { [1] = (void *)&tail },
};

SEC("socket")
int tail(void *packet)
{
	return 0;
}

SEC("socket")
int entry(void *packet)
{
	bpf_tail_call(packet, &tails, 1);
	return 0;
}
