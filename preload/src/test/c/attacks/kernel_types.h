// SPDX-License-Identifier: Apache-2.0
#ifndef BPFSEAL_KERNEL_TYPES_H
#define BPFSEAL_KERNEL_TYPES_H

#include "attack.h"

enum { PROG_TRACING = 26, PROG_LSM = 29 };
enum { ATTACH_FENTRY = 24, ATTACH_MODIFY_RETURN = 26, ATTACH_LSM = 27, ATTACH_ITER = 28, ATTACH_LSM_CGROUP = 43 };

#define INSN_RETURN(value) 0x000000b7 | (uint64_t)(value) << 32, 0x95

/* The id of the kernel's function of this name in its BTF, or -errno. */
int kernel_function(const char *name);

/* A file descriptor, or -errno. */
int load_on_function(uint32_t type, uint32_t attach_type, const char *function, const uint64_t *insns, uint32_t count);

#endif
