// SPDX-License-Identifier: Apache-2.0
/*
 * A token file: the 200 bytes of struct guard_token (guard_abi.h), then 1 to 4096 bytes of detached CMS over them. There
 * is nothing before, between or behind; where the signature ends is the kernel's to say.
 */
#ifndef BPFSEAL_TOKEN_H
#define BPFSEAL_TOKEN_H

#include "file.h"
#include "guard_abi.h"

struct token {
	struct guard_token body;
	struct file_bytes file;
	const uint8_t *signature;
	size_t signature_size;
};

/* Reads the file; 0 or -errno: -EBADMSG if it has no token's size, magic, operation or name. */
int token_read(const char *path, struct token *out);

/* Asks the guard; pin: hold's, else NULL. -EINPROGRESS if it agreed, else its refusal (guard_abi.h). */
int token_confirm(const struct token *token, const char *pin);

#endif
