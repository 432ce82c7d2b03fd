// SPDX-License-Identifier: Apache-2.0
/* The guard from user space, until it is sealed. */
#ifndef BPFSEAL_GUARD_H
#define BPFSEAL_GUARD_H

#include <stddef.h>
#include <stdint.h>

#include "manifest.h"
#include "program.h"

#define GUARD_FOLDER "/etc/bpfseal/guard"

/*
 * Loads the guard, attaches it, pins its links and tells it which maps, programs and links are its own. Programs on the
 * hook bpf that are attached from now on may refuse confirms. Returns 0, or -errno with the step set.
 */
int guard_start(const struct manifest *manifest, int32_t keyring, const struct kernel_release *kernel,
		struct program_failure *failure);

/* 0 if the signature over the content is by a key of the ring, else -errno. */
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
