// SPDX-License-Identifier: Apache-2.0
#include "floor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { COMMAND_LINE_SIZE = 8192, PATH_SIZE = 4096, NUMBER_SIZE = 12 };

/* Digits without a leading zero, up to the end that is found; NULL if they are no version. */
static const char *read_number(const char *text, uint32_t *out)
{
	uint64_t number = 0;

	if (*text < '1' || *text > '9')
		return NULL;
	for (; *text >= '0' && *text <= '9'; text++) {
		number = number * 10 + (uint64_t)(*text - '0');
		if (number > UINT32_MAX)
			return NULL;
	}
	*out = (uint32_t)number;
	return text;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n';
}

int floor_of_command_line(const char *text, uint32_t *floor)
{
	const char *end = text;

	*floor = 0;
	for (; *end != '\0'; text = end) {
		uint32_t number;
		size_t length;

		while (is_blank(*text))
			text++;
		for (end = text; *end != '\0' && !is_blank(*end); end++)
			;
		length = strlen(FLOOR_PARAMETER);
		if (strncmp(text, FLOOR_PARAMETER, length) != 0)
			continue;
		if (read_number(text + length, &number) != end)
			return -EINVAL;
		if (number > *floor)
			*floor = number;
	}
	return 0;
}

/* All of a small file, NUL-terminated; -EFBIG for a larger one. Files of proc don't tell their size. */
static int read_text(const char *path, char *out, size_t room)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	size_t done = 0;
	ssize_t got = 1;
	int error;

	if (fd < 0)
		return -errno;
	while (got > 0 && done < room) {
		got = read(fd, out + done, room - done);
		if (got > 0)
			done += (size_t)got;
	}
	error = got < 0 ? -errno : done == room ? -EFBIG : 0;
	close(fd);
	out[error == 0 ? done : 0] = '\0';
	return error;
}

int floor_read(uint32_t *floor)
{
	static char text[COMMAND_LINE_SIZE];
	int error = read_text("/proc/cmdline", text, sizeof(text));

	*floor = 0;
	return error < 0 ? error : floor_of_command_line(text, floor);
}

/* The number survives a power cut whole: the old one or the new one. */
static int write_number(const char *path, uint32_t version)
{
	char temporary[PATH_SIZE];
	int length = snprintf(temporary, sizeof(temporary), "%s.new", path);
	int fd, error = 0;

	if (length < 0 || (size_t)length >= sizeof(temporary))
		return -ENAMETOOLONG;
	fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644);
	if (fd < 0)
		return -errno;
	if (dprintf(fd, "%u\n", version) < 0 || fsync(fd) < 0)
		error = -errno;
	close(fd);
	if (error == 0 && rename(temporary, path) < 0)
		error = -errno;
	if (error < 0)
		unlink(temporary);
	sync();
	return error;
}

int floor_remember(const char *path, uint32_t version, uint32_t *floor)
{
	char text[NUMBER_SIZE];
	int error = read_text(path, text, sizeof(text));

	*floor = 0;
	if (error == 0) {
		const char *end = read_number(text, floor);

		if (end == NULL || strcmp(end, "\n") != 0)
			return -EBADMSG;
	} else if (error != -ENOENT) {
		return error == -EFBIG ? -EBADMSG : error;
	}
	if (version < *floor)
		return -ESTALE;
	return version > *floor ? write_number(path, version) : 0;
}
