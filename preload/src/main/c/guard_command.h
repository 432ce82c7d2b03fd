// SPDX-License-Identifier: Apache-2.0
/* What the boot loader tells the guard once its programs are attached, until it is sealed. Each is 0 or -errno. */
#ifndef BPFSEAL_GUARD_COMMAND_H
#define BPFSEAL_GUARD_COMMAND_H

#include <stddef.h>
#include <stdint.h>

#include "guard_abi.h"
#include "manifest.h"

/* These are the guard's own: a map or program by its file descriptor, a link by its pin. */
int guard_own_map(int fd);
int guard_own_prog(int fd);
int guard_own_link(const struct manifest_program *guard, const char *link);

/* 0 if the signature over the content is by a key of the ring. */
int guard_verify(const void *content, size_t size, const void *signature, size_t signature_size, int32_t keyring);

/* The link with this pin stays until a confirm with a key of the ring; 0: for ever. */
int guard_hold(const struct manifest_program *program, const char *link, int32_t confirmers);

/* The key or keyring stays as it is; flags: KEY_FLAG_... */
int guard_protect_key(int32_t key, uint32_t flags);

struct guard_seal {
	int32_t keyring;	/* of the programs */
	int32_t confirmers;	/* who may hold further links */
	enum guard_loads loads;
	uint32_t version;	/* of the manifest */
	uint32_t flags;		/* SEAL_FLAG_... */
};

/* The last write: from now on the guard acts. Sets the nonce of this boot, as 32 hex digits. */
int guard_seal(const struct guard_seal *seal, char nonce[33]);

#endif
