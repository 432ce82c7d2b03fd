// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A local function outside .text. */
#include "../objects/vector.h"

static __noinline SEC("socket") int local(void *packet)
{
	return packet ? 1 : 2;
}

SEC("socket")
int calls_local(void *packet)
{
	return local(packet);
}
