// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* The confirm command. Other BSMs on the hook have let it through when it comes here. */
#ifndef BPFSEAL_CONFIRM_H
#define BPFSEAL_CONFIRM_H

#include "loads.h"
#include "names.h"
#include "objects.h"
#include "signature.h"
#include "state.h"

enum { WRITE_LOCKED = 1 };	/* kernel/locking/rwsem.c: bit 0 of the counter */

/* Token and signature are copied to where no other thread can change them between check and use. */
struct attempt {
	struct guard_token token;
	__u8 signature[GUARD_SIGNATURE_MAX];
	struct hold hold;	/* OPERATION_HOLD: what it is to become, */
	__u64 pin;		/* and the inode of its pin */
};

struct {
	__uint(type, BPF_MAP_TYPE_TASK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct attempt);
} attempts SEC(".maps");

/* PROGRAM/LINK of a pin, as it lies in the guard's bpffs. */
static __noinline void read_pin_name(struct dentry *dentry, char out[GUARD_NAME_SIZE])
{
	long length;

	/* Names are aligned: so it takes 16 stores, not 128. */
	__builtin_memset(__builtin_assume_aligned(out, 8), 0, GUARD_NAME_SIZE);
	length = bpf_probe_read_kernel_str(out, GUARD_NAME_SIZE / 2, dentry->d_parent->d_name.name);
	if (length < 1 || length > GUARD_NAME_SIZE / 2)
		return;
	out[length - 1] = '/';
	bpf_probe_read_kernel_str(out + length, GUARD_NAME_SIZE / 2, dentry->d_name.name);
}

/* The address of the link that has this pin, or 0 if there is none; a pin that was removed but is open is none. */
static __always_inline __u64 pinned_link(struct inode *inode)
{
	return (__u64)inode->i_op == state.link_inodes && inode->i_nlink != 0 ? (__u64)inode->i_private : 0;
}

static __always_inline bool is_detachable(struct bpf_link *link)
{
	struct bpf_link_ops *ops = link->ops;

	return ops->detach != NULL || ops->update_prog != NULL || ops->update_map != NULL;
}

/* All of the hold but its last two members is given. */
static __noinline int add_hold(struct hold *hold)
{
	struct bpf_link *link = AT(bpf_link, hold->link);
	__u32 id = link->id;
	int error;

	hold->detachable = is_detachable(link);
	if (bpf_map_update_elem(&holds, &id, hold, 0) != 0)
		return -ENOSPC;
	if (hold->detachable)
		__sync_fetch_and_add(&state.detachable, 1);
	error = add_mark(MARK_LINK, (__u64)link, 0);
	if (error == -EINPROGRESS && link->type == BPF_LINK_TYPE_CGROUP)
		error = add_mark(MARK_CGROUP, AT(bpf_cgroup_link, link)->cgroup->kn->id, 0);
	return error;
}

static __always_inline int check_form(const struct guard_confirm *confirm, const struct guard_token *token)
{
	__u64 magic;
	bool good;

	__builtin_memcpy(&magic, GUARD_TOKEN_MAGIC, sizeof(magic));
	good = *(const __u64 *)token->magic == magic && token->operation == confirm->operation &&
	       token->link == confirm->link && is_name(token->name);
	if (token->operation != OPERATION_REPLACE)
		good = good && is_zero(token->digest);
	if (!good)
		return -EBADMSG;
	if (token->operation < OPERATION_STOP || token->operation > OPERATION_REPLACE)
		return -EOPNOTSUPP;
	if (token->operation != OPERATION_REPLACE)
		return 0;
	/* Where anybody may load anything, anybody could load a program with the digest. */
	return kernel_knows_signatures() && state.loads != LOADS_ANY ? 0 : -EOPNOTSUPP;
}

static __always_inline int check_time(const struct guard_token *token)
{
	__u64 sequence = state.sequence;

	if (token->nonce[0] != state.nonce[0] || token->nonce[1] != state.nonce[1])
		return -ESTALE;
	if (token->sequence < sequence)
		return -EALREADY;
	return token->sequence > sequence ? -ERANGE : 0;
}

/* Sets *keyring to the one whose keys may confirm. */
static __always_inline int check_held(const struct guard_token *token, __s32 *keyring)
{
	__u32 id = token->link;
	struct hold *hold = bpf_map_lookup_elem(&holds, &id);

	if (hold == NULL)
		return -ENOENT;
	if (!is_same_name(hold->name, token->name))
		return -ENXIO;
	if (hold->state == HOLD_OWN || hold->keyring == 0)
		return -EPERM;
	if (hold->state == HOLD_RELEASED)
		return -EIDRM;
	*keyring = hold->keyring;
	return 0;
}

/* Holding one more link: the pin must lie in the guard's bpffs, under the name that the token gives. */
static __always_inline int check_pin(struct attempt *attempt, __s32 pin_fd)
{
	struct hold *hold = &attempt->hold;
	__u32 id = attempt->token.link;
	struct hold *known = bpf_map_lookup_elem(&holds, &id);
	struct dentry *dentry;
	struct inode *inode;

	if (known != NULL)
		return known->state == HOLD_RELEASED ? -EIDRM : -EEXIST;
	if (shares_files())
		return -EBADF;
	dentry = file_of_fd(pin_fd)->f_path.dentry;
	inode = dentry->d_inode;
	attempt->pin = (__u64)inode;
	hold->link = (__u64)dentry->d_sb == state.pins ? pinned_link(inode) : 0;
	if (hold->link == 0 || AT(bpf_link, hold->link)->id != id)
		return -EBADF;
	hold->state = HOLD_HELD;
	hold->keyring = state.confirm_keyring;
	read_pin_name(dentry, hold->name);
	return is_same_name(hold->name, attempt->token.name) ? 0 : -ENXIO;
}

static __always_inline int check_token(struct attempt *attempt, const struct guard_confirm *confirm, __u32 signature_size)
{
	__s32 keyring = state.confirm_keyring;
	int error = check_form(confirm, &attempt->token);

	if (error == 0)
		error = check_time(&attempt->token);
	if (error != 0)
		return error;
	if (attempt->token.operation == OPERATION_HOLD)
		error = check_pin(attempt, confirm->pin_fd);
	else
		error = check_held(&attempt->token, &keyring);
	if (error != 0)
		return error;
	if (keyring == 0)
		return -EPERM;
	return verify(&attempt->token, sizeof(attempt->token), attempt->signature, signature_size, keyring);
}

/* A kernel with another kind of lock (PREEMPT_RT) can't be asked. */
static __always_inline bool is_write_locked(struct inode *inode)
{
	if (!bpf_core_field_exists(inode->i_rwsem.count))
		return true;
	return (inode->i_rwsem.count.counter & WRITE_LOCKED) != 0;
}

/*
 * An unlink that was let through before there was a hold has the inode locked until it is done; one that takes the lock
 * later sees the hold. So if it is free now, and the pin is still there, the pin stays.
 */
static __always_inline int commit_hold(struct attempt *attempt)
{
	struct inode *pin = AT(inode, attempt->pin);
	__u32 id = attempt->token.link;
	struct hold *hold;
	int error = add_hold(&attempt->hold);

	if (error != -EINPROGRESS)
		return error;
	if (!is_write_locked(pin) && pinned_link(pin) != 0)
		return error;
	hold = bpf_map_lookup_elem(&holds, &id);
	if (hold != NULL)
		release(hold);
	return -EBUSY;
}

static __always_inline int commit(struct attempt *attempt)
{
	__u64 sequence = attempt->token.sequence;
	__u32 id = attempt->token.link;
	struct hold *hold;

	/* Of several that confirm with one token, the first. */
	if (!__sync_bool_compare_and_swap(&state.sequence, sequence, sequence + 1))
		return -EALREADY;
	if (attempt->token.operation == OPERATION_HOLD)
		return commit_hold(attempt);
	hold = bpf_map_lookup_elem(&holds, &id);
	if (hold == NULL)
		return -ENOENT;
	if (attempt->token.operation == OPERATION_STOP) {
		release(hold);
		return -EINPROGRESS;
	}
	return bpf_map_update_elem(&replacements, (struct digest *)attempt->token.digest, &id, 0) != 0 ? -ENOSPC :
												       -EINPROGRESS;
}

static __always_inline int confirm(void *attr)
{
	struct guard_confirm confirm = {0};
	struct attempt *attempt;
	__u32 signature_size;

	if (!state.sealed)
		return -EAGAIN;
	bpf_probe_read_kernel(&confirm, sizeof(confirm), attr);
	signature_size = bounded(confirm.signature_size, GUARD_SIGNATURE_MAX);
	attempt = bpf_task_storage_get(&attempts, bpf_get_current_task_btf(), NULL, BPF_LOCAL_STORAGE_GET_F_CREATE);
	if (attempt == NULL)
		return -EAGAIN;
	if (confirm.token_size != sizeof(attempt->token) || signature_size == 0 || confirm.unused != 0)
		return -EBADMSG;
	if (bpf_copy_from_user(&attempt->token, sizeof(attempt->token), (void *)confirm.token) != 0 ||
	    bpf_copy_from_user(attempt->signature, signature_size, (void *)confirm.signature) != 0)
		return -EFAULT;
	return check_token(attempt, &confirm, signature_size) ?: commit(attempt);
}

#endif
