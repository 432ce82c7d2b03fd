// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* What the guard remembers. User space never gets at any of it: bpf_map (objects.h) gives out none of these maps. */
#ifndef BPFSEAL_STATE_H
#define BPFSEAL_STATE_H

#include "guard_abi.h"
#include "kernel.h"

/* A refusal's reason, counted in the status; rule_names in status.h has the same order. */
enum rule {
	RULE_UNLINK,
	RULE_RENAME,
	RULE_RMDIR,
	RULE_UMOUNT,
	RULE_REMOUNT,
	RULE_MOUNT,
	RULE_MOVE_MOUNT,
	RULE_PIVOT,
	RULE_DETACH,
	RULE_THREADS,
	RULE_OBJECT,
	RULE_LOAD,
	RULE_LOADER,
	RULE_KEY,
	RULE_LOCKDOWN,
	RULE_FTRACE,
	RULE_CONFIRM,
	RULES,
};

enum { COMMAND_NAME_SIZE = 16 };

struct guard_state {
	bool sealed;
	__u32 flags;		/* SEAL_FLAG_... */
	__u32 loads;
	__u32 version;		/* of the manifest, for the status */
	__s32 keyring;		/* of the programs */
	__s32 confirm_keyring;	/* whose keys may hold further links; 0: nobody */
	__u64 nonce[2];
	__u64 sequence;
	__u64 pins;		/* addresses: the superblock of the guard's bpffs, ... */
	__u64 mount, namespace;	/* its mount and the mount's namespace, ... */
	__u64 mountpoint;	/* and the inode that is mounted on */
	__u64 link_inodes;	/* the operations that inodes of pinned links have */
	__u32 detachable;	/* holds of links that system calls can detach or update */
	__u64 denied[RULES];
	char first[RULES][COMMAND_NAME_SIZE] __attribute__((aligned(8)));
};

struct guard_state state;

enum hold_state { HOLD_HELD, HOLD_RELEASED, HOLD_OWN };

/* A held link, found by its id. */
struct hold {
	__u64 link;		/* its address, which is marked until it is released: the memory may become another object's */
	__u32 state;
	__s32 keyring;		/* 0: nobody may confirm */
	__u32 detachable;
	__u32 unused;
	char name[GUARD_NAME_SIZE];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__uint(max_entries, GUARD_HOLDS_MAX);
	__type(key, __u32);
	__type(value, struct hold);
} holds SEC(".maps");

/* What else it looks after: the kind and what tells one of them from the others. */
enum mark_kind {
	MARK_MAP,	/* the guard's own: id */
	MARK_PROG,	/* the same */
	MARK_KEY,	/* key or keyring: serial number; value: KEY_FLAG_... */
	MARK_CGROUP,	/* with a held link: inode number */
	MARK_LINK,	/* held: address */
};

/* There is room for the mark of each hold and of its cgroup. */
enum { OWN_OBJECTS_MAX = 64, MARKS_MAX = OWN_OBJECTS_MAX + GUARD_KEYS_MAX + 2 * GUARD_HOLDS_MAX };

struct mark {
	__u64 kind;
	__u64 number;
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, MARKS_MAX);
	__type(key, struct mark);
	__type(value, __u32);
} marks SEC(".maps");

/*
 * At most the limit, or 0 if it is more. The barrier keeps the compiler from forms of the comparison that the verifier of
 * 6.12 can't follow, and from reading the value from memory again.
 */
static __always_inline __u32 bounded(__u32 value, __u32 limit)
{
	barrier_var(value);
	return value > limit ? 0 : value;
}

/* Its value, or NULL if it isn't marked. */
static __always_inline __u32 *find_mark(enum mark_kind kind, __u64 number)
{
	struct mark mark = {kind, number};

	return bpf_map_lookup_elem(&marks, &mark);
}

static __noinline int add_mark(enum mark_kind kind, __u64 number, __u32 value)
{
	struct mark mark = {kind, number};

	return bpf_map_update_elem(&marks, &mark, &value, 0) != 0 ? -ENOSPC : -EINPROGRESS;
}

/* A function of its own: the verifier's time goes by the length of programs. */
static __noinline void count_denial(enum rule rule)
{
	if (__sync_fetch_and_add(&state.denied[rule], 1) == 0)
		bpf_get_current_comm(state.first[rule], COMMAND_NAME_SIZE);
}

/* Counts the refusal, then is the errno: the verifier wants to see a constant. */
#define DENY(rule, error) ({ count_denial(rule); -(error); })

/* The address may also be an object's of quite another kind. */
static __always_inline bool is_held(__u64 link)
{
	return find_mark(MARK_LINK, link) != NULL;
}

static __noinline void release(struct hold *hold)
{
	struct mark mark = {MARK_LINK, hold->link};

	bpf_map_delete_elem(&marks, &mark);
	hold->state = HOLD_RELEASED;
	if (hold->detachable)
		__sync_fetch_and_sub(&state.detachable, 1);
}

#endif
