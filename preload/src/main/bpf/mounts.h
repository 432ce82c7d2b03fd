// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * Mounts: the pins live as long as their bpffs is mounted where the loader put it, on the initramfs' root. The chain is
 * that mount and all it is mounted on (rootfs; from 7.0 on nullfs below). The system's root covers the chain: as long as
 * it stays, no path, file descriptor or namespace leads there, so that what has no LSM hook (mount_setattr,
 * open_tree_attr, propagation) can't name it.
 */
#ifndef BPFSEAL_MOUNTS_H
#define BPFSEAL_MOUNTS_H

#include "state.h"

enum {
	/* The bpffs, rootfs, from 7.0 on nullfs, and one to spare: the verifier follows each step of each walk. */
	CHAIN_MAX = 4,
	MS_SHARED = 1 << 20,
	MS_SLAVE = 1 << 19,
};

static __always_inline __u64 mount_of(struct vfsmount *mnt)
{
	return (__u64)mnt - __builtin_preserve_field_info(((struct mount *)0)->mnt, BPF_FIELD_BYTE_OFFSET);
}

static __noinline bool in_chain(__u64 mount)
{
	__u64 member = state.mount;

	NOT_UNROLLED
	for (int i = 0; i < CHAIN_MAX; i++) {
		__u64 parent = (__u64)READ(mount, member, mnt_parent);

		if (member == mount)
			return true;
		/* The lowest one is its own parent. */
		if (parent == member)
			return false;
		member = parent;
	}
	/* Longer than it can be: no mount is let go. */
	return true;
}

/* It lies on the root of a member of the chain, which it is none of, and so hides the chain. */
static __noinline bool covers_chain(__u64 mount)
{
	__u64 parent;

	if ((__u64)READ(mount, mount, mnt_ns) != state.namespace || in_chain(mount))
		return false;
	parent = (__u64)READ(mount, mount, mnt_parent);
	return READ(mount, mount, mnt_mountpoint) == READ(mount, parent, mnt.mnt_root) && in_chain(parent);
}

static __noinline bool carries_pins(__u64 mount)
{
	return in_chain(mount) || covers_chain(mount);
}

/*
 * Closes: umount (plain, lazy, forced) of the guard's bpffs or of what it is mounted on, and uncovering the chain
 * (umount -l / and then setns).
 */
SEC("lsm/sb_umount")
int BPF_PROG(guard_umount, struct vfsmount *mnt, int flags)
{
	return state.sealed && carries_pins(mount_of(mnt)) ? DENY(RULE_UMOUNT, EPERM) : 0;
}

/* Closes: remount and fspick + reconfigure of the pins' superblock, whichever mount of it names it. */
SEC("lsm/sb_remount")
int BPF_PROG(guard_remount, struct super_block *sb, void *options)
{
	return (__u64)sb == state.pins ? DENY(RULE_REMOUNT, EPERM) : 0;
}

/*
 * Closes: mounting over the pins; and making a member of the chain shared or a slave, after which a lazy umount of a
 * clone, even in another namespace, takes the pins along by propagation.
 */
SEC("lsm/sb_mount")
int BPF_PROG(guard_mount, const char *device, struct path *path, const char *type, unsigned long flags, void *data)
{
	__u64 mount;

	if (!state.sealed)
		return 0;
	mount = mount_of(path->mnt);
	if (mount == state.mount || ((flags & (MS_SHARED | MS_SLAVE)) != 0 && in_chain(mount)))
		return DENY(RULE_MOUNT, EPERM);
	return 0;
}

/*
 * Closes: moving the chain or its cover away, mounting over or beneath the pins; and mounting beneath the cover, which
 * would make another mount the cover (guard_pivot says why none may). The hook isn't told whether it is beneath.
 */
SEC("lsm/move_mount")
int BPF_PROG(guard_move, struct path *from, struct path *to)
{
	__u64 target;

	if (!state.sealed)
		return 0;
	target = mount_of(to->mnt);
	if (target == state.mount || (to->dentry == READ(mount, target, mnt.mnt_root) && covers_chain(target)) ||
	    (from->dentry == READ(mount, mount_of(from->mnt), mnt.mnt_root) && carries_pins(mount_of(from->mnt))))
		return DENY(RULE_MOVE_MOUNT, EPERM);
	return 0;
}

/*
 * Closes: exchanging rootfs itself, which works from 7.0 on (a nullfs lies below); and making another mount the cover while
 * an umount of that mount waits for the kernel's lock of the mount tree: guard_umount was asked before. So what covers the
 * chain first does so for good. A system whose init finds pivot_root refused moves its root over instead.
 */
SEC("lsm/sb_pivotroot")
int BPF_PROG(guard_pivot, struct path *put_old, struct path *new_root)
{
	struct task_struct *task;

	if (!state.sealed)
		return 0;
	/* The kernel wants the caller's root to be of its namespace. */
	task = bpf_get_current_task_btf();
	return (__u64)READ(mount, mount_of(task->fs->root.mnt), mnt_ns) == state.namespace ? DENY(RULE_PIVOT, EPERM) : 0;
}

#endif
