// SPDX-License-Identifier: Apache-2.0
/* The status that the sealed guard gives, as values. Its text: status.h of the guard. */
#ifndef BPFSEAL_GUARD_STATUS_H
#define BPFSEAL_GUARD_STATUS_H

#include <stdbool.h>
#include <stdint.h>

#include "guard_abi.h"

enum { STATUS_LINKS_MAX = GUARD_HOLDS_MAX, STATUS_RULES_MAX = 32, STATUS_WORD_SIZE = 16 };

struct status_link {
	uint32_t id;
	char state[STATUS_WORD_SIZE];	/* held, released or own */
	int32_t keyring;		/* whose keys may confirm, 0 for nobody */
	char name[GUARD_NAME_SIZE];
};

struct status_rule {
	char name[STATUS_WORD_SIZE];
	uint64_t count;
	char caller[STATUS_WORD_SIZE + 1];	/* the first one's name, unprintable bytes as '_' */
};

struct guard_status {
	char guard_carrier[STATUS_WORD_SIZE], manifest_carrier[STATUS_WORD_SIZE], programs_carrier[STATUS_WORD_SIZE];
	char loads[STATUS_WORD_SIZE];
	char nonce[33];
	uint64_t sequence;
	uint32_t version;	/* of the manifest */
	unsigned rule_count, link_count;
	struct status_rule rules[STATUS_RULES_MAX];
	struct status_link links[STATUS_LINKS_MAX];
};

/* 0; -ENOENT if no sealed guard answers; -EBADMSG if what answers is no status; another -errno. */
int guard_status_read(struct guard_status *out);

/* The link of this name that is held, released or the guard's own, or NULL. */
const struct status_link *guard_status_link(const struct guard_status *status, const char *name);

#endif
