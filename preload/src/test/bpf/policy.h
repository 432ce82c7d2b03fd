// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* How lists reach the policy: a number of bpf(2) that no kernel uses, with these attributes. EINPROGRESS: it is in effect. */
#ifndef POLICY_H
#define POLICY_H

#include <stdint.h>

enum {
	POLICY_FEED = 0x5eb0,
	POLICY_DIGEST_SIZE = 32,
	POLICY_DIGESTS_MAX = 512,
	POLICY_SIGNATURE_MAX = 4096,
};

struct policy_feed {
	uint64_t list, signature;
	uint32_t list_size, signature_size;
};

/* What is signed: SHA-256 of files that may be executed, mapped for execution, or read by the kernel. */
struct policy_list {
	uint8_t magic[8];
	uint32_t count, unused;
	uint8_t digests[POLICY_DIGESTS_MAX][POLICY_DIGEST_SIZE];
};
#define POLICY_MAGIC "BSMLIST1"

#endif
