// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A program that replaces a function of another loaded program, which must be known when the loader is made. */
#include "../objects/vector.h"

SEC("freplace/some_function")
int replacement(void *ctx)
{
	return 0;
}
