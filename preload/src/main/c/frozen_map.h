// SPDX-License-Identifier: Apache-2.0
/* An array map with one value that no system call can change any more, and the kernel's own hash of that value. */
#ifndef BPFSEAL_FROZEN_MAP_H
#define BPFSEAL_FROZEN_MAP_H

#include <stdint.h>

struct frozen_map {
	int fd;			/* open also after a failure, if 0 or more; the caller closes it */
	const char *step;	/* the last one tried: map, update, freeze or hash */
	uint8_t sha256[32];	/* of the value, made by the kernel */
};

/*
 * Creates the map, fills, freezes and hashes it; 0 or -errno. The kernel lets no program use it but the one with the
 * hash exclusive_to, 32 bytes; NULL for a kernel below 6.18, which knows neither that nor hashes. The kernel hashes elements
 * rounded up to 8 bytes, so the size is a multiple of 8. That it was asked for the hash is also what the check in the 6.18
 * form of a loader relies on.
 */
int frozen_map_make(struct frozen_map *out, const void *value, uint32_t size, const uint8_t *exclusive_to);

#endif
