// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Which programs may be loaded once sealed. */
#ifndef BPFSEAL_LOADS_H
#define BPFSEAL_LOADS_H

#include "state.h"

enum {
	VERDICT_VERIFIED = 1,
	MAPS_OF_A_LOADER_MAX = 4,	/* it has one */
	REPLACEMENTS_MAX = 64,
};

/*
 * What service managers and containers load unsigned: SOCKET_FILTER, CGROUP_SKB, CGROUP_SOCK, CGROUP_DEVICE,
 * CGROUP_SOCK_ADDR, CGROUP_SYSCTL, CGROUP_SOCKOPT.
 */
#define UNSIGNED_TYPES 0x2848302U

/* Which program's arrival releases which link: SHA-256 of the loader's instructions to link id. */
struct digest {
	__u8 bytes[GUARD_DIGEST_SIZE];
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, REPLACEMENTS_MAX);
	__type(key, struct digest);
	__type(value, __u32);
} replacements SEC(".maps");

static __always_inline bool kernel_knows_signatures(void)
{
	return bpf_core_field_exists(((struct bpf_map *)0)->excl_prog_sha);
}

/*
 * Closes, where anything may be loaded: programs that give another answer for a hook than it gave, or take the place of
 * another program. A positive answer is no refusal to bpf(2), and the kernel doesn't call the hook's programs then.
 * Whoever loads them, since an unsigned loader does so from inside the kernel.
 */
static __always_inline bool overrides_others(union bpf_attr *attr)
{
	__u32 attach_type = attr->expected_attach_type;

	return attach_type == BPF_MODIFY_RETURN || attach_type == BPF_LSM_CGROUP || attr->prog_type == BPF_PROG_TYPE_EXT;
}

/*
 * Closes: loading programs that nobody signed, and programs signed with a key that root made. A load that names a signature
 * and our keyring is as good as verified: the kernel takes both from the same memory, which user space can't reach, and
 * refuses the load if the signature isn't by a key of that ring. A loader program that was itself admitted loads its programs
 * from inside the kernel, without a signature of their own.
 */
static __always_inline int judge_load(union bpf_attr *attr, __u8 kernel)
{
	__u32 type = attr->prog_type;

	if (!state.sealed)
		return 0;
	if (state.loads == LOADS_ANY)
		return overrides_others(attr) ? DENY(RULE_LOAD, EPERM) : 0;
	if (state.loads == LOADS_TYPES && type < 32 && (UNSIGNED_TYPES >> type & 1) != 0)
		return 0;
	/* On kernels before signatures the argument is something else, and so is the memory. */
	if (kernel_knows_signatures() && (kernel != 0 || (attr->signature != 0 && attr->keyring_id == state.keyring)))
		return 0;
	return DENY(RULE_LOAD, EPERM);
}

static __always_inline bool has_foreign_map(struct bpf_prog *prog)
{
	__u64 maps = (__u64)prog->aux->used_maps;
	__u32 count = prog->aux->used_map_cnt;

	NOT_UNROLLED
	for (__u32 i = 0; i < MAPS_OF_A_LOADER_MAX; i++) {
		__u64 map = 0;

		if (i >= count)
			return false;
		bpf_probe_read_kernel(&map, sizeof(map), (void *)(maps + (__u64)i * sizeof(map)));
		if (READ(bpf_map, map, excl_prog_sha) == NULL)
			return true;
	}
	return true;
}

/* A confirmed replacement is loaded: the link that it replaces may go. */
static __always_inline void release_replaced(struct bpf_prog *prog)
{
	struct digest digest;
	struct hold *hold;
	__u32 *id;

	bpf_probe_read_kernel(&digest, sizeof(digest), prog->digest);
	id = bpf_map_lookup_elem(&replacements, &digest);
	if (id == NULL)
		return;
	hold = bpf_map_lookup_elem(&holds, id);
	if (hold != NULL && hold->state == HOLD_HELD)
		release(hold);
	bpf_map_delete_elem(&replacements, &digest);
}

/*
 * Whether its load carried a signature. 6.18 to 7.1 don't record that; there a program that a loader has loaded, which
 * has none, must keep the same rule.
 */
static __always_inline bool may_be_signed(struct bpf_prog *prog)
{
	return !bpf_core_field_exists(((struct bpf_prog_aux *)0)->sig) || prog->aux->sig.verdict == VERDICT_VERIFIED;
}

/*
 * Closes, where the kernel doesn't (6.18 to 7.2): a signed loader whose blob another program may write to after its
 * hash was taken. Only a map that is exclusive to the loader can't be written to by others. Called when the program
 * gets a file descriptor, without which it can't run.
 */
static __always_inline int judge_loader(struct bpf_prog *prog)
{
	if (!kernel_knows_signatures())
		return 0;
	if (state.loads != LOADS_ANY && may_be_signed(prog) && has_foreign_map(prog))
		return DENY(RULE_LOADER, EPERM);
	release_replaced(prog);
	return 0;
}

#endif
