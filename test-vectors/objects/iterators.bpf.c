// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Iterators that print one line a task and a map; a sleepable one. */
#include "vector.h"
#include <bpf/bpf_tracing.h>

struct seq_file;

struct bpf_iter_meta {
	struct seq_file *seq;
	__u64 seq_num;
} __attribute__((preserve_access_index));

struct bpf_iter__task {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
} __attribute__((preserve_access_index));

struct bpf_map {
	__u32 id;
	char name[16];
} __attribute__((preserve_access_index));

struct bpf_iter__bpf_map {
	struct bpf_iter_meta *meta;
	struct bpf_map *map;
} __attribute__((preserve_access_index));

static const char task_line[] = "%d %s\n";
static const char map_line[] = "%u %s\n";

SEC("iter.s/task")
int list_tasks(struct bpf_iter__task *ctx)
{
	struct task_struct *task = ctx->task;
	__u64 values[2];

	if (!task)
		return 0;
	values[0] = task->pid;
	values[1] = (__u64)(unsigned long)task->comm;
	bpf_seq_printf(ctx->meta->seq, task_line, sizeof(task_line), values, sizeof(values));
	return 0;
}

SEC("iter/bpf_map")
int list_maps(struct bpf_iter__bpf_map *ctx)
{
	struct bpf_map *map = ctx->map;
	__u64 values[2];

	if (!map)
		return 0;
	values[0] = map->id;
	values[1] = (__u64)(unsigned long)map->name;
	bpf_seq_printf(ctx->meta->seq, map_line, sizeof(map_line), values, sizeof(values));
	return 0;
}
