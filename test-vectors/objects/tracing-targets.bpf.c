// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Programs whose target is found by name when the loader runs: function entry and exit, changed return value, raw tracepoint with types. */
#include "vector.h"
#include <bpf/bpf_tracing.h>

struct file;

__u64 entered;
__u64 left;
__s64 last_result;
__u64 executions;

SEC("fentry/vfs_read")
int BPF_PROG(enter_read, struct file *file, char *buffer, unsigned long count)
{
	__sync_fetch_and_add(&entered, count ? 1 : 0);
	return 0;
}

SEC("fexit/vfs_read")
int BPF_PROG(leave_read, struct file *file, char *buffer, unsigned long count, __s64 *position, long result)
{
	last_result = result;
	__sync_fetch_and_add(&left, 1);
	return 0;
}

SEC("fmod_ret/bpf_modify_return_test")
int BPF_PROG(keep_return_value, int a, int *b, int result)
{
	return 0;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(typed_exec, struct task_struct *task, int old_pid)
{
	executions += task->pid == old_pid;
	return 0;
}
