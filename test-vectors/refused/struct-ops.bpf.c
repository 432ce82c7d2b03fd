// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A table of functions for the kernel: the loader has no way to make its map. */
#include "../objects/vector.h"

struct tcp_congestion_ops {
	void (*init)(void *sock);
	char name[16];
};

SEC("struct_ops")
void start(void *sock)
{
}

SEC(".struct_ops")
struct tcp_congestion_ops control = {
	.init = start,
	.name = "bpfseal_none",
};
