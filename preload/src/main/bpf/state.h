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

/* A held link, found by its id. The address tells it from anything else that happens to have the number. */
struct hold {
	__u64 link;		/* 0 once released: the memory may become another object's */
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

/* Ids of the guard's maps (the upper half of the key is 0) and programs (1). */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 64);
	__type(key, __u64);
	__type(value, __u32);
} own_objects SEC(".maps");

/* Serial numbers of protected keys; value: KEY_FLAG_... */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, GUARD_KEYS_MAX);
	__type(key, __s32);
	__type(value, __u32);
} keys SEC(".maps");

/* Inode numbers of cgroups with a held link. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 256);
	__type(key, __u64);
	__type(value, __u32);
} cgroups SEC(".maps");

/*
 * At most the limit, or 0 if it is more. The barrier keeps the compiler from forms of the comparison that the verifier of
 * 6.12 can't follow, and from reading the value from memory again.
 */
static __always_inline __u32 bounded(__u32 value, __u32 limit)
{
	barrier_var(value);
	return value > limit ? 0 : value;
}

static __always_inline __u64 own_map_key(__u32 id)
{
	return id;
}

static __always_inline __u64 own_prog_key(__u32 id)
{
	return (__u64)1 << 32 | id;
}

/* A function of its own: the verifier's time goes by the length of programs. */
static __noinline void count_denial(enum rule rule)
{
	if (__sync_fetch_and_add(&state.denied[rule], 1) == 0)
		bpf_get_current_comm(state.first[rule], COMMAND_NAME_SIZE);
}

/* Counts the refusal, then is the errno: the verifier wants to see a constant. */
#define DENY(rule, error) ({ count_denial(rule); -(error); })

/* The hold of a link that may be an object of quite another kind, or NULL. */
static __always_inline struct hold *find_hold(__u64 address)
{
	__u32 id = READ(struct bpf_link, address, id);
	struct hold *hold = bpf_map_lookup_elem(&holds, &id);

	return hold != NULL && hold->link == address ? hold : NULL;
}

/* Another object may have the released link's memory one day. */
static __always_inline void release(struct hold *hold)
{
	hold->link = 0;
	hold->state = HOLD_RELEASED;
	if (hold->detachable)
		__sync_fetch_and_sub(&state.detachable, 1);
}

#endif
