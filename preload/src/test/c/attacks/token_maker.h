// SPDX-License-Identifier: Apache-2.0
/*
 * Tokens, good and bad. The guest has no key: it writes "bpfseal-sign: KEY HEX" on the console and reads the signature, in
 * hex, from there.
 */
#ifndef BPFSEAL_TOKEN_MAKER_H
#define BPFSEAL_TOKEN_MAKER_H

#include "guard_abi.h"

#define OPS "p256"
#define BOSS "other"
#define RELEASE "rsa"

struct signed_token {
	struct guard_token body;
	uint8_t signature[GUARD_SIGNATURE_MAX];
	uint32_t signature_size;
};

/* So that what is typed doesn't come back as output. */
void token_console(void);

struct guard_token token_of(uint32_t operation, uint32_t id, const char *name);
/* For the link that the status gives this name, or for link 0. */
struct guard_token token_to_stop(const char *name);
struct signed_token token_signed(struct guard_token body, const char *key);

struct guard_confirm token_args(const struct signed_token *token, int pin_fd);
int confirm_args(const struct guard_confirm *args);
int confirm(const struct signed_token *token);

#endif
