// SPDX-License-Identifier: Apache-2.0
#ifndef BPFSEAL_FILE_H
#define BPFSEAL_FILE_H

#include <stddef.h>
#include <stdint.h>

struct file_bytes {
	uint8_t *bytes;
	size_t size;
};

/*
 * Reads a whole regular file of at most limit bytes into memory that file_release() frees. Returns 0 or -errno:
 * -EFBIG for a longer one, -EINVAL for anything that is no regular file. Symbolic links are not followed.
 */
int file_read(const char *path, size_t limit, struct file_bytes *out);

/* As file_read(), and -EBADMSG where the file's size is another. */
int file_read_exactly(const char *path, size_t size, struct file_bytes *out);

void file_release(struct file_bytes *file);

/* The decimal number that a file of sysfs or tracefs begins with, or -errno. */
long file_number(const char *path);

#endif
