// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* A netfilter program that accepts everything. */
#include "vector.h"

struct nf_hook_state {
	__u8 hook;
	__u8 pf;
} __attribute__((preserve_access_index));

struct bpf_nf_ctx {
	const struct nf_hook_state *state;
	void *skb;
};

__u64 by_hook[8];

SEC("netfilter")
int accept_packet(struct bpf_nf_ctx *ctx)
{
	by_hook[ctx->state->hook & 7]++;
	return 1;
}
