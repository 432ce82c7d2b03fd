// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
#ifndef BPFSEAL_KEYRINGS_H
#define BPFSEAL_KEYRINGS_H

#include "state.h"

/*
 * Closes: clear, revoke, invalidate, setperm, chown, timeout, link and unlink of the keyrings that tokens and programs
 * are verified with, of the certificates in them and of the keyring that keeps them alive, for their owner too. The
 * kernel itself needs search on those that it verifies with; searching the one that keeps them would make the rings
 * the searcher's possession, and a possessor may invalidate.
 */
SEC("lsm/key_permission")
int BPF_PROG(guard_key)
{
	__u64 reference = 0;
	__u32 *flags;

	if (!state.sealed)
		return 0;
	/* Below 7.x the verifier doesn't know the type of this argument, so it comes by number. */
	bpf_get_func_arg(ctx, 0, &reference);
	/* The lowest bit of a key reference says that the caller possesses the key. */
	flags = find_mark(MARK_KEY, (__u32)READ(key, reference & ~1ULL, serial));
	if (flags == NULL)
		return 0;
	switch ((__u32)ctx[2]) {
	case KEY_NEED_VIEW:
	case KEY_NEED_READ:
	case KEY_DEFER_PERM_CHECK:
		return 0;
	case KEY_NEED_SEARCH:
		if (*flags & KEY_FLAG_SEARCHED)
			return 0;
	}
	return DENY(RULE_KEY, EPERM);
}

#endif
