// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The boot loader's commands, which guard_command answers until seal. */
#ifndef BPFSEAL_SETUP_H
#define BPFSEAL_SETUP_H

#include "confirm.h"
#include "mounts.h"
#include "objects.h"
#include "signature.h"
#include "state.h"

struct content {
	__u8 bytes[GUARD_CONTENT_MAX];
	__u8 signature[GUARD_SIGNATURE_MAX];
	struct hold hold;
};

/* Not needed after seal, but it can't be given back: that would take a program of its own (command.h). */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct content);
} contents SEC(".maps");

static __always_inline struct content *first_content(void)
{
	const __u32 first = 0;

	return bpf_map_lookup_elem(&contents, &first);
}

static __always_inline int setup_verify(const struct guard_setup *setup)
{
	__u32 size = bounded(setup->content_size, GUARD_CONTENT_MAX);
	__u32 signature_size = bounded(setup->signature_size, GUARD_SIGNATURE_MAX);
	struct content *content = first_content();

	if (content == NULL)
		return -EAGAIN;
	if (size == 0 || signature_size == 0)
		return -EFBIG;
	if (bpf_copy_from_user(content->bytes, size, (void *)setup->content) != 0 ||
	    bpf_copy_from_user(content->signature, signature_size, (void *)setup->signature) != 0)
		return -EFAULT;
	return verify(content->bytes, size, content->signature, signature_size, setup->keyring) ?: -EINPROGRESS;
}

static __always_inline int setup_link(const struct guard_setup *setup)
{
	struct dentry *dentry = file_of_fd(setup->fd)->f_path.dentry;
	struct inode *inode = dentry->d_inode;
	struct content *content = first_content();
	struct hold *hold;

	if (content == NULL)
		return -EAGAIN;
	hold = &content->hold;
	hold->state = setup->operation == SETUP_OWN_LINK ? HOLD_OWN : HOLD_HELD;
	hold->keyring = setup->keyring;
	/* The guard's own links come first; from a pin of one it learns what pins of links look like. */
	if (hold->state == HOLD_OWN)
		state.link_inodes = (__u64)inode->i_op;
	hold->link = pinned_link(inode);
	if (hold->link == 0)
		return -EBADF;
	read_pin_name(dentry, hold->name);
	return add_hold(hold);
}

static __always_inline int setup_seal(const struct guard_setup *setup)
{
	struct vfsmount *mnt = file_of_fd(setup->fd)->f_path.mnt;
	struct mount *mount = AT(mount, mount_of(mnt));

	if (mnt == NULL)
		return -EBADF;
	state.mount = (__u64)mount;
	state.namespace = (__u64)mount->mnt_ns;
	state.mountpoint = (__u64)mount->mnt_mountpoint->d_inode;
	state.pins = (__u64)mount->mnt.mnt_sb;
	state.flags = setup->flags;
	state.loads = setup->loads;
	state.version = setup->version;
	state.keyring = setup->keyring;
	state.confirm_keyring = (__s32)setup->id;
	state.nonce[0] = setup->nonce[0];
	state.nonce[1] = setup->nonce[1];
	state.sealed = true;
	return -EINPROGRESS;
}

static __always_inline int set_up(void *attr)
{
	struct guard_setup setup = {0};

	if (state.sealed)
		return -EPERM;
	bpf_probe_read_kernel(&setup, sizeof(setup), attr);
	switch (setup.operation) {
	case SETUP_VERIFY:
		return setup_verify(&setup);
	case SETUP_OWN_MAP:
		return add_mark(MARK_MAP, setup.id, 0);
	case SETUP_OWN_PROG:
		return add_mark(MARK_PROG, setup.id, 0);
	case SETUP_OWN_LINK:
	case SETUP_HOLD:
		return setup_link(&setup);
	case SETUP_KEY:
		return add_mark(MARK_KEY, setup.id, setup.flags);
	case SETUP_SEAL:
		return setup_seal(&setup);
	}
	return -EINVAL;
}

#endif
