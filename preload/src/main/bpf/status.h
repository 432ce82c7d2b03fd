// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/*
 * The status, read through the iterator link that has this program: get its fd by id, BPF_ITER_CREATE, read. Text:
 *
 *	bpfseal-status 1
 *	carrier guard kernel|none
 *	carrier manifest guard
 *	carrier programs kernel|guard
 *	version N					the manifest's
 *	loads types|signed|any
 *	nonce 32-HEX-DIGITS
 *	sequence N
 *	denied RULE COUNT CALLER			for each rule; CALLER: the first one's name, 16 bytes in hex
 *	link ID held|released|own KEYRING NAME		for each link that the guard knows, while it exists; KEYRING has
 *							the keys that may confirm it, 0 for nobody
 *	end
 *
 * Nothing is printed before seal.
 */
#ifndef BPFSEAL_STATUS_H
#define BPFSEAL_STATUS_H

#include "state.h"

static const char rule_names[RULES][12] = {
	"unlink", "rename", "rmdir", "umount", "remount", "mount", "move_mount", "pivot_root", "detach",
	"threads", "object", "load", "loader", "key", "lockdown", "ftrace", "confirm",
};
static const char carrier_names[3][8] = {"none", "guard", "kernel"};
static const char loads_names[3][8] = {"types", "signed", "any"};
static const char hold_names[3][12] = {"held", "released", "own"};

static __noinline void print_head(struct seq_file *out)
{
	BPF_SEQ_PRINTF(out,
		       "bpfseal-status 1\ncarrier guard %s\ncarrier manifest guard\ncarrier programs %s\nversion %u\nloads %s\n"
		       "nonce %016llx%016llx\nsequence %llu\n",
		       carrier_names[state.flags & SEAL_FLAG_GUARD_BY_KERNEL ? 2 : 0],
		       carrier_names[state.flags & SEAL_FLAG_PROGRAMS_BY_KERNEL ? 2 : 1], state.version,
		       loads_names[state.loads < 3 ? state.loads : 0], __builtin_bswap64(state.nonce[0]),
		       __builtin_bswap64(state.nonce[1]), state.sequence);
	for (int i = 0; i < RULES; i++) {
		const __u64 *caller = (const __u64 *)state.first[i];

		/* In hex, since a process may call itself anything. */
		BPF_SEQ_PRINTF(out, "denied %s %llu %016llx%016llx\n", rule_names[i], state.denied[i],
			       __builtin_bswap64(caller[0]), __builtin_bswap64(caller[1]));
	}
}

SEC("iter/bpf_link")
int guard_status(struct bpf_iter__bpf_link *ctx)
{
	struct seq_file *out = ctx->meta->seq;
	struct bpf_link *link = ctx->link;
	struct hold *hold;
	__u32 id;

	if (!state.sealed)
		return 0;
	if (ctx->meta->seq_num == 0)
		print_head(out);
	if (link == NULL) {
		BPF_SEQ_PRINTF(out, "end\n");
		return 0;
	}
	id = link->id;
	hold = bpf_map_lookup_elem(&holds, &id);
	if (hold != NULL)
		BPF_SEQ_PRINTF(out, "link %u %s %d %s\n", id, hold_names[hold->state < 3 ? hold->state : 0], hold->keyring,
			       hold->name);
	return 0;
}

#endif
