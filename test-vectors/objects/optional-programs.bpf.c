// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Programs marked "?" aren't loaded: between, before and after others, one of a type that no light skeleton can load. */
#include "vector.h"

__u64 seen;

static __noinline __u64 shared(__u64 value)
{
	return value * 3 + 1;
}

SEC("?raw_tp/sched_switch")
int not_loaded_first(void *ctx)
{
	seen = shared(seen);
	return 0;
}

SEC("raw_tp/sched_process_exec")
int loaded_first(void *ctx)
{
	seen += shared(1);
	return 0;
}

SEC("?freplace/loaded_first")
int not_loaded_replacement(void *ctx)
{
	return 0;
}

SEC("raw_tp/sched_process_exit")
int loaded_second(void *ctx)
{
	seen += shared(2);
	return 0;
}
