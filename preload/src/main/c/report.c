// SPDX-License-Identifier: Apache-2.0
#include "report.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

enum { LINE_SIZE = 2048, NANOSECONDS_PER_MILLISECOND = 1000000 };

static int opened_device(const char *path)
{
	int fd;

	do {
		fd = open(path, O_RDWR | O_NOCTTY);
	} while (fd >= 0 && fd <= STDERR_FILENO);
	return fd;
}

void report_open_console(void)
{
	int fd = STDIN_FILENO;

	while (fd <= STDERR_FILENO && fcntl(fd, F_GETFD) >= 0)
		fd++;
	if (fd > STDERR_FILENO)
		return;
	fd = opened_device("/dev/console");
	if (fd < 0)
		fd = opened_device("/dev/null");
	if (fd >= 0)
		close(fd);
}

static void write_all(const char *bytes, size_t size)
{
	while (size > 0) {
		ssize_t written = write(STDERR_FILENO, bytes, size);

		if (written <= 0)
			return;
		bytes += written;
		size -= (size_t)written;
	}
}

void report(const char *format, ...)
{
	char line[LINE_SIZE];
	struct timespec now = {0};
	size_t used;
	int more;
	va_list values;

	clock_gettime(CLOCK_BOOTTIME, &now);
	used = (size_t)snprintf(line, sizeof(line), "bpfseal: t=%lld.%03ld ", (long long)now.tv_sec,
				now.tv_nsec / NANOSECONDS_PER_MILLISECOND);
	va_start(values, format);
	more = vsnprintf(line + used, sizeof(line) - used - 1, format, values);
	va_end(values);
	if (more > 0)
		used = strlen(line);
	line[used++] = '\n';
	write_all(line, used);
	tcdrain(STDERR_FILENO);
}

void report_value(char *out, size_t room, const char *text)
{
	size_t length = 0;

	for (; text[length] != '\0' && length + 1 < room; length++)
		out[length] = text[length] > ' ' && text[length] <= '~' ? text[length] : '_';
	out[length] = '\0';
}
