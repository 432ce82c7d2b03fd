// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A section name that names no program type. */
#include "../objects/vector.h"

SEC("socket1")
int no_type(void *packet)
{
	return 0;
}
