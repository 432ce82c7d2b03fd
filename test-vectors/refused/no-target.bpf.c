// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A program type that needs a target in its section name, without one. */
#include "../objects/vector.h"

SEC("fentry")
int no_target(__u64 *ctx)
{
	return 0;
}
