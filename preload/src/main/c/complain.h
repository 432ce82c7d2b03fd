// SPDX-License-Identifier: Apache-2.0
/* What the control program says on stderr, and its exit codes. */
#ifndef BPFSEAL_COMPLAIN_H
#define BPFSEAL_COMPLAIN_H

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2, EXIT_MALFORMED = 3 };

void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
void hint(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Says why there is no status; the exit code. */
int complain_status(int error);

#endif
