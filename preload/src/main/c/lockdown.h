// SPDX-License-Identifier: Apache-2.0
#ifndef BPFSEAL_LOCKDOWN_H
#define BPFSEAL_LOCKDOWN_H

#include <stdbool.h>

/*
 * The kernel can lock itself down: its lockdown LSM is among the active ones. It then refuses, for good, what the guard
 * refuses on the hook locked_down where the kernel can't.
 */
bool lockdown_is_possible(void);

/* From now on at least lockdown=integrity; 0 or -errno. */
int lockdown_begin(void);

#endif
