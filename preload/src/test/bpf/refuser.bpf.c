// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * A second BSM on the hook bpf, as guard_abi.h invites: it refuses the first confirm of each operation, whether the guard
 * would accept it or not, and lets all later ones through.
 */
#include "guard_abi.h"
#include "kernel.h"

enum { EACCES = 13, OPERATIONS = 4 };

__u32 seen[OPERATIONS];

SEC("lsm/bpf")
int refuse_once(__u64 *ctx)
{
	struct guard_confirm confirm = {0};

	if ((__u32)ctx[0] != GUARD_CONFIRM)
		return 0;
	bpf_probe_read_kernel(&confirm, sizeof(confirm), (void *)ctx[1]);
	if (confirm.operation >= OPERATIONS)
		return 0;
	return __sync_fetch_and_add(&seen[confirm.operation], 1) == 0 ? -EACCES : 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
