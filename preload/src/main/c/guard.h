// SPDX-License-Identifier: Apache-2.0
#ifndef BPFSEAL_GUARD_H
#define BPFSEAL_GUARD_H

#include <stdint.h>

#include "kernel_release.h"
#include "manifest.h"
#include "program.h"

#define GUARD_FOLDER "/etc/bpfseal/guard"

/*
 * Loads the guard, attaches it, pins its links and tells it which maps, programs and links are its own: then it listens
 * (guard_command.h). Programs on the hook bpf that are attached from now on may refuse confirms. Returns 0, or -errno with
 * the step set.
 */
int guard_start(const struct manifest *manifest, int32_t keyring, const struct kernel_release *kernel,
		struct program_failure *failure);

#endif
