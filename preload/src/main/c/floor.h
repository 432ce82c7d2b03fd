// SPDX-License-Identifier: Apache-2.0
/*
 * Versions below which no manifest is taken, so that an old image, though signed, can't come back: one that the kernel
 * command line gives (a unified kernel image signs it), and one that the real system remembers and that only rises.
 */
#ifndef BPFSEAL_FLOOR_H
#define BPFSEAL_FLOOR_H

#include <stdint.h>

#define FLOOR_PARAMETER "bpfseal.min_version="

/* The highest one that the text names, 0 if it names none; -EINVAL if what it names is no number from 1 to 4294967295. */
int floor_of_command_line(const char *text, uint32_t *floor);

/* That of /proc/cmdline; 0 or -errno. */
int floor_read(uint32_t *floor);

/*
 * Compares the version with the file's, which it raises to that. Sets *floor to what the file had, 0 for no file.
 * Returns 0, -ESTALE for an older version, -EBADMSG if the file has anything but a number and a newline, or another -errno.
 */
int floor_remember(const char *path, uint32_t version, uint32_t *floor);

#endif
