// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Compiled for big-endian targets: instructions, BTF, blob and loader all in that order. */
#include "vector.h"
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>

struct inner_hash {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 2);
	__type(key, __u32);
	__type(value, __u64);
} inner SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 2);
	__type(key, __u32);
	__array(values, struct inner_hash);
} outer SEC(".maps") = {
	.values = { [1] = &inner },
};

extern const int bpf_prog_active __ksym __weak;
extern struct task_struct *bpf_task_from_pid(int pid) __ksym;
extern void bpf_task_release(struct task_struct *task) __ksym;

const volatile __u64 constant = 0x0102030405060708ULL;
__u32 result = 0x11223344;
__u64 zero;

static __noinline __u64 mixed(__u64 value)
{
	return value ^ constant;
}

static long step(__u32 index, __u64 *sum)
{
	*sum += mixed(index);
	return 0;
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(big_exec, struct task_struct *task, int old_pid)
{
	struct task_struct *found = bpf_task_from_pid(1);
	__u64 sum = 0;

	if (found) {
		result += found->tgid;
		bpf_task_release(found);
	}
	bpf_loop(4, step, &sum, 0);
	zero = mixed(sum) + BPF_CORE_READ(task, group_leader, pid);
	if (&bpf_prog_active)
		zero += *(int *)bpf_this_cpu_ptr(&bpf_prog_active);
	return bpf_map_lookup_elem(&outer, &result) ? 1 : 0;
}
