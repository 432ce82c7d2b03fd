// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* CO-RE records of every kind: offset, size, existence, signedness, bit field, type and enum questions, a name with a flavour. */
#include "vector.h"
#include <bpf/bpf_core_read.h>

struct mm_struct___guess {
	unsigned long no_such_field;
} __attribute__((preserve_access_index));

struct task_struct___older {
	long state;
} __attribute__((preserve_access_index));

struct task_struct___newer {
	unsigned int __state;
	unsigned sched_reset_on_fork : 1;
	struct task_struct___newer *real_parent;
} __attribute__((preserve_access_index));

enum pid_type___mine {
	PIDTYPE_PID = 77,
	PIDTYPE_NOT_THERE = 78,
};

struct no_such_struct {
	int anything;
};

__u64 answers[8];

SEC("raw_tp/sched_process_exec")
int ask(void *ctx)
{
	struct task_struct___newer *newer = (void *)bpf_get_current_task();
	struct task_struct *task = (void *)newer;
	struct mm_struct___guess *mm = (void *)newer;

	answers[0] = BPF_CORE_READ(task, group_leader, tgid);
	if (bpf_core_field_exists(newer->__state))
		answers[1] = BPF_CORE_READ(newer, __state);
	else
		answers[1] = BPF_CORE_READ((struct task_struct___older *)task, state);
	answers[2] = BPF_CORE_READ_BITFIELD_PROBED(newer, sched_reset_on_fork);
	answers[3] = bpf_core_field_size(task->comm) + bpf_core_field_offset(task->pid);
	answers[4] = bpf_core_field_exists(mm->no_such_field);
	answers[5] = bpf_core_type_exists(struct no_such_struct) + bpf_core_type_size(struct task_struct);
	answers[6] = bpf_core_enum_value_exists(enum pid_type___mine, PIDTYPE_NOT_THERE);
	answers[7] = bpf_core_enum_value(enum pid_type___mine, PIDTYPE_PID) +
		     bpf_core_type_id_kernel(struct task_struct) + bpf_core_type_id_local(struct task_struct___newer);
	return 0;
}
