// SPDX-License-Identifier: Apache-2.0
/* One signed program: from its files in the image to the maps and programs that its loader program has made. */
#ifndef BPFSEAL_PROGRAM_H
#define BPFSEAL_PROGRAM_H

#include <stdint.h>

#include "bpf_abi.h"
#include "manifest.h"
#include "report.h"

/* The booted kernel. */
struct kernel_release {
	char text[DETAIL_SIZE];
	unsigned major, minor;
};

/* The file descriptors are the kernel's answer; all are closed by system_close_all() when the program is done with. */
struct loaded_program {
	const struct manifest_program *manifest;
	int maps[MANIFEST_MAPS_MAX];
	int progs[MANIFEST_PROGS_MAX];
};

struct program_failure {
	const char *step;	/* form, read, map, update, freeze, hash, load, run or inventory */
	char detail[DETAIL_SIZE];
};

/*
 * Loads the program at the given position (from 1) of the manifest and reports it. Returns 0, or -errno with the step
 * set. The kernel verifies the signature with the keys of the keyring; the manifest's hashes are compared with hashes
 * that the kernel has made.
 */
int program_load(const struct manifest_program *manifest, unsigned position, int32_t keyring,
		 const struct kernel_release *kernel, struct loaded_program *out, struct program_failure *failure);

#endif
