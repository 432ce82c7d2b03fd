// SPDX-License-Identifier: Apache-2.0
#ifndef BPFSEAL_KERNEL_RELEASE_H
#define BPFSEAL_KERNEL_RELEASE_H

#include <stdbool.h>

#include "report.h"

/* The booted kernel's; 0.0 if it can't be told. */
struct kernel_release {
	char text[DETAIL_SIZE];
	unsigned major, minor;
};

void kernel_release_read(struct kernel_release *out);

bool kernel_is_at_least(const struct kernel_release *kernel, unsigned major, unsigned minor);

/* It verifies signatures of programs. */
bool kernel_verifies(const struct kernel_release *kernel);

#endif
