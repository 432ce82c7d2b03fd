// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Pins: an LSM, tracing, raw tracepoint, kprobe or perf link ends only with its last reference, and that is its pin. */
#ifndef BPFSEAL_PINS_H
#define BPFSEAL_PINS_H

#include "state.h"

enum { CGROUP2_MAGIC = 0x63677270 };

static __always_inline bool is_held_pin(struct dentry *dentry)
{
	struct inode *inode;

	if ((__u64)dentry->d_sb != state.pins)
		return false;
	inode = dentry->d_inode;
	return inode != NULL && is_held((__u64)inode->i_private);
}

/* Closes: unlink of a held pin, by whatever path, bind mount, namespace or hard link. */
SEC("lsm/inode_unlink")
int BPF_PROG(guard_unlink, struct inode *folder, struct dentry *dentry)
{
	return is_held_pin(dentry) ? DENY(RULE_UNLINK, EPERM) : 0;
}

/*
 * Closes: rename over a held pin, RENAME_EXCHANGE with one, renaming pins and their folders away so that people see
 * other names than the guard does; and, from another mount namespace, rename over the mountpoint of the guard's bpffs,
 * which detaches what is mounted there in every namespace.
 */
SEC("lsm/inode_rename")
int BPF_PROG(guard_rename, struct inode *old_folder, struct dentry *old, struct inode *new_folder, struct dentry *new)
{
	if (!state.sealed)
		return 0;
	if ((__u64)old->d_sb == state.pins || (__u64)old->d_inode == state.mountpoint ||
	    (__u64)new->d_inode == state.mountpoint)
		return DENY(RULE_RENAME, EPERM);
	return 0;
}

/* Closes: rmdir of the mountpoint from another namespace (as above), and of a cgroup that a held link sits on. */
SEC("lsm/inode_rmdir")
int BPF_PROG(guard_rmdir, struct inode *folder, struct dentry *dentry)
{
	struct inode *inode = dentry->d_inode;

	if (!state.sealed || inode == NULL)
		return 0;
	if ((__u64)inode == state.mountpoint)
		return DENY(RULE_RMDIR, EPERM);
	if (dentry->d_sb->s_magic != CGROUP2_MAGIC)
		return 0;
	return find_mark(MARK_CGROUP, inode->i_ino) != NULL ? DENY(RULE_RMDIR, EPERM) : 0;
}

#endif
