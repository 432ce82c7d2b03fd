// SPDX-License-Identifier: Apache-2.0
#include "file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int read_fully(int fd, uint8_t *bytes, size_t size)
{
	size_t done = 0;

	while (done < size) {
		ssize_t got = read(fd, bytes + done, size - done);

		if (got < 0)
			return -errno;
		if (got == 0)
			return -EIO;
		done += (size_t)got;
	}
	return 0;
}

static int read_open(int fd, size_t limit, struct file_bytes *out)
{
	struct stat status;

	if (fstat(fd, &status) < 0)
		return -errno;
	if (!S_ISREG(status.st_mode))
		return -EINVAL;
	if (status.st_size < 0 || (uint64_t)status.st_size > limit)
		return -EFBIG;
	out->size = (size_t)status.st_size;
	out->bytes = malloc(out->size + 1);
	if (out->bytes == NULL)
		return -ENOMEM;
	return read_fully(fd, out->bytes, out->size);
}

int file_read(const char *path, size_t limit, struct file_bytes *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
	int error;

	*out = (struct file_bytes){0};
	if (fd < 0)
		return -errno;
	error = read_open(fd, limit, out);
	close(fd);
	if (error < 0)
		file_release(out);
	return error;
}

int file_read_exactly(const char *path, size_t size, struct file_bytes *out)
{
	int error = file_read(path, size, out);

	if (error == -EFBIG || (error == 0 && out->size != size)) {
		file_release(out);
		return -EBADMSG;
	}
	return error;
}

void file_release(struct file_bytes *file)
{
	free(file->bytes);
	*file = (struct file_bytes){0};
}

long file_number(const char *path)
{
	char text[24];
	char *end;
	ssize_t got;
	long number;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -errno;
	got = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (got <= 0)
		return -EIO;
	text[got] = '\0';
	errno = 0;
	number = strtol(text, &end, 10);
	return end == text || number < 0 || errno != 0 ? -EIO : number;
}
