// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The guard's own maps and programs, and what file descriptors of links can do. */
#ifndef BPFSEAL_OBJECTS_H
#define BPFSEAL_OBJECTS_H

#include "loads.h"
#include "state.h"

/*
 * Closes: any file descriptor of a map of the guard, in whatever mode, with which its memory of holds could be changed. By
 * id is the only way to one: nothing pins them. ENOENT, because listing tools skip an id that went away but give up at
 * EPERM.
 */
static __always_inline int judge_map_id(union bpf_attr *attr)
{
	/* map_id is the first member. */
	return state.sealed && find_mark(MARK_MAP, attr->first) != NULL ? DENY(RULE_OBJECT, ENOENT) : 0;
}

/*
 * Closes: any file descriptor of a program of the guard, which an EXT or tracing program could be attached to. Called
 * also when a program has just been loaded, after the verifier: a loader is looked at here (loads.h).
 */
SEC("lsm/bpf_prog")
int BPF_PROG(guard_prog, struct bpf_prog *prog)
{
	if (!state.sealed)
		return 0;
	if (find_mark(MARK_PROG, prog->aux->id) != NULL)
		return DENY(RULE_OBJECT, ENOENT);
	return prog->type == BPF_PROG_TYPE_SYSCALL ? judge_loader(prog) : 0;
}

/* The file behind a file descriptor of the calling process; if there is none, all that is read of it is 0. */
static __noinline struct file *file_of_fd(__s32 fd)
{
	struct task_struct *task = bpf_get_current_task_btf();
	struct fdtable *table = task->files->fdt;
	__u64 file = 0;

	if (fd >= 0 && (__u32)fd < table->max_fds)
		bpf_probe_read_kernel(&file, sizeof(file), table->fd + fd);
	return AT(file, file);
}

static __always_inline bool shares_files(void)
{
	struct task_struct *task = bpf_get_current_task_btf();

	return task->files->count.counter != 1;
}

/*
 * Closes: BPF_LINK_DETACH and BPF_LINK_UPDATE of a held link. Threads could put another file behind the number between
 * this look and the kernel's, so they can't do either as long as a link is held that has them.
 */
static __always_inline int judge_link_command(union bpf_attr *attr)
{
	if (!state.sealed)
		return 0;
	if (state.detachable > 0 && shares_files())
		return DENY(RULE_THREADS, EPERM);
	/* link_detach.link_fd and link_update.link_fd are both the first member. */
	return is_held((__u64)file_of_fd(attr->first)->private_data) ? DENY(RULE_DETACH, EPERM) : 0;
}

#endif
