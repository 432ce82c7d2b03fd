// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The smallest: one program, no map. Its loader has the 105 instructions of the specification's size check. */
#include "vector.h"

SEC("socket")
int pass_whole_packet(void *packet)
{
	return packet ? -1 : 0;
}
