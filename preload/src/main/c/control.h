// SPDX-License-Identifier: Apache-2.0
#ifndef BPFSEAL_CONTROL_H
#define BPFSEAL_CONTROL_H

/*
 * The program as a command on a running machine: status, challenge and confirm. Answers go to stdout, the rest to
 * stderr. Returns the exit code: 0 done, 1 refused by the guard, 2 usage, 3 unreadable or malformed.
 */
int control(int count, char **arguments);

#endif
