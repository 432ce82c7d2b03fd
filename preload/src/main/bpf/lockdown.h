// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Ways around every hook: into kernel memory, or switching BPF programs off altogether. */
#ifndef BPFSEAL_LOCKDOWN_H
#define BPFSEAL_LOCKDOWN_H

#include "state.h"

enum {
	FILE_MODE_WRITE = 2,
	PROC_MAGIC = 0x9fa0,
};

/*
 * Closes: what lockdown=integrity closes; unsigned modules, kexec_load, /dev/mem, /dev/port, MSRs, debugfs, programs
 * that write to user memory and so on. Attached only where the kernel's own lockdown LSM isn't active: else the boot
 * loader has that one do it (../c/lockdown.h), for good, and a hook less is to be attached.
 */
SEC("lsm/locked_down")
int BPF_PROG(guard_lockdown, enum lockdown_reason what)
{
	if (!state.sealed || what <= LOCKDOWN_NONE || what >= LOCKDOWN_INTEGRITY_MAX)
		return 0;
	return DENY(RULE_LOCKDOWN, EPERM);
}

/* Closes, attached below 7.0 only: kernel.ftrace_enabled=0, which there turns off every BPF program on an LSM hook. */
SEC("lsm/file_open")
int BPF_PROG(guard_open, struct file *file)
{
	static const union {
		char text[16];
		__u64 words[2];
	} wanted = {"ftrace_enabled"};
	__u64 name[2] = {0};
	struct dentry *dentry;

	if ((file->f_mode & FILE_MODE_WRITE) == 0 || !state.sealed)
		return 0;
	dentry = file->f_path.dentry;
	if (dentry->d_sb->s_magic != PROC_MAGIC)
		return 0;
	bpf_probe_read_kernel_str(name, sizeof(name), dentry->d_name.name);
	return name[0] == wanted.words[0] && name[1] == wanted.words[1] ? DENY(RULE_FTRACE, EPERM) : 0;
}

#endif
