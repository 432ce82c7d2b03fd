// SPDX-License-Identifier: Apache-2.0
/* The light skeleton's loader program, of type SYSCALL: verified by the kernel when loaded, then run once. */
#ifndef BPFSEAL_LOADER_PROGRAM_H
#define BPFSEAL_LOADER_PROGRAM_H

#include <stdbool.h>
#include <stdint.h>

#include "program.h"

struct loader_program {
	const uint8_t *insns;
	uint32_t insns_size;
	const uint8_t *signature;	/* NULL for a kernel below 6.18 */
	uint32_t signature_size;
	int32_t keyring;
	int map_fd;
	bool binds_map;		/* 7.3: the signature covers the map's value too, so the map is given by fd_array_cnt */
	int fd;			/* for loader_program_run() */
};

/* The program's fd, or -errno and what the kernel's log said, if anything. */
int loader_program_load(const struct loader_program *loader, char detail[DETAIL_SIZE]);

/* Runs it and takes over the fds that it has made. 0, or -errno with a line of the kernel's log. */
int loader_program_run(const struct loader_program *loader, struct loaded_program *out, char detail[DETAIL_SIZE]);

#endif
