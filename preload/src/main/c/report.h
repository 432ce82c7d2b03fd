// SPDX-License-Identifier: Apache-2.0
/* The report on the console: one fact a line, "bpfseal: t=SECONDS.mmm NOUN key=value ...", values without spaces. */
#ifndef BPFSEAL_REPORT_H
#define BPFSEAL_REPORT_H

#include <stddef.h>

/* Makes file descriptors 0, 1 and 2 usable where the kernel found no console; needs /dev. */
void report_open_console(void);

/* Writes one line and waits until the terminal has sent it. The format names noun and keys, without line end. */
void report(const char *format, ...) __attribute__((format(printf, 1, 2)));

enum { DETAIL_SIZE = 200 };

/* Copies text as a value: blanks and unprintable bytes become '_', and it is cut to the room. */
void report_value(char *out, size_t room, const char *text);

#endif
