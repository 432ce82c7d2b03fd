// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Tracepoints in their three classic shapes. */
#include "vector.h"

struct exec_record {
	__u64 common;
	__u32 filename_location;
	__s32 pid;
};

__u64 seen[3];
__s32 last_pid;

SEC("tracepoint/sched/sched_process_exec")
int on_exec(struct exec_record *record)
{
	last_pid = record->pid;
	seen[0]++;
	return 0;
}

SEC("tp/sched/sched_process_exit")
int on_exit(void *record)
{
	seen[1]++;
	return 0;
}

SEC("raw_tracepoint/sched_switch")
int on_switch(__u64 *arguments)
{
	seen[2] += arguments[0] & 1;
	return 0;
}
