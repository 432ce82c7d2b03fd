// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Functions of the kernel: called once, repeatedly and from a subprogram; a weak one that is tested first and one that no kernel has. */
#include "vector.h"
#include <bpf/bpf_tracing.h>

extern struct task_struct *bpf_task_from_pid(int pid) __ksym;
extern void bpf_task_release(struct task_struct *task) __ksym;
extern void bpf_rcu_read_lock(void) __ksym __weak;
extern void bpf_rcu_read_unlock(void) __ksym __weak;
extern int bpf_no_such_function(int number) __ksym __weak;

__u32 leader;
__u32 missing;

static __noinline int pid_of(int number)
{
	struct task_struct *task = bpf_task_from_pid(number);
	int pid;

	if (!task)
		return 0;
	pid = task->tgid;
	bpf_task_release(task);
	return pid;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(look_up_task, struct task_struct *task, int old_pid)
{
	struct task_struct *found = bpf_task_from_pid(task->tgid);

	if (found) {
		leader = found->pid;
		bpf_task_release(found);
	}
	leader += pid_of(1);
	if (bpf_rcu_read_lock && bpf_rcu_read_unlock) {
		bpf_rcu_read_lock();
		leader += task->group_leader ? 1 : 0;
		bpf_rcu_read_unlock();
	}
	missing = bpf_no_such_function ? bpf_no_such_function(1) : 1;
	return 0;
}
