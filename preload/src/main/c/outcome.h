// SPDX-License-Identifier: Apache-2.0
/* How a boot ends. */
#ifndef BPFSEAL_OUTCOME_H
#define BPFSEAL_OUTCOME_H

#include "manifest.h"

/* Reports the failure and halts or reboots the machine; program is NULL where it is not a program's. */
_Noreturn void outcome_stop(enum failure_mode mode, const char *step, int error, const char *program);

/* Becomes the program at this path, called by its own name, with the other arguments and init's environment. */
int outcome_next(const char *path, char **arguments);

#endif
