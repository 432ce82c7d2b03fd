// SPDX-License-Identifier: Apache-2.0
/* One signed program: from its files in the image to the maps and programs that its loader program has made. */
#ifndef BPFSEAL_PROGRAM_H
#define BPFSEAL_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

#include "kernel_release.h"
#include "manifest.h"
#include "report.h"

/* The file descriptors are the kernel's answer; all are closed by system_close_all() when the program is done with. */
struct loaded_program {
	const struct manifest_program *manifest;
	int maps[MANIFEST_MAPS_MAX];
	int progs[MANIFEST_PROGS_MAX];
};

struct program_failure {
	const char *step;	/* form, read, verify, map, update, freeze, hash, load, run, inventory or the caller's */
	char detail[DETAIL_SIZE];
};

/* Who has verified a signature. */
enum carrier { CARRIER_NONE, CARRIER_GUARD, CARRIER_KERNEL, CARRIER_KINDS };

const char *carrier_name(enum carrier carrier);

struct program_source {
	const struct manifest_program *manifest;
	const char *folder;	/* with its files */
	int32_t keyring;
	/* Who verifies on a kernel below 6.18, which can't: CARRIER_KERNEL means that the program is refused there. */
	enum carrier otherwise;
};

/*
 * Loads the program and reports it. Returns 0, or -errno with the step set. The manifest's hashes are compared with
 * hashes that the kernel has made, where it makes them.
 */
int program_load(const struct program_source *source, const struct kernel_release *kernel, struct loaded_program *out,
		 struct program_failure *failure);

#endif
