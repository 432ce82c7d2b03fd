// SPDX-License-Identifier: Apache-2.0
#include "lockdown.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "mounts.h"

#define LEVEL_FILE SECURITY_ROOT "/lockdown"

/* The file has all levels in one line, the one that holds in brackets. */
static bool is_locked_down(int fd)
{
	char levels[80];
	ssize_t got = pread(fd, levels, sizeof(levels) - 1, 0);

	levels[got > 0 ? got : 0] = '\0';
	return strstr(levels, "[integrity]") != NULL || strstr(levels, "[confidentiality]") != NULL;
}

bool lockdown_is_possible(void)
{
	return mount_needed(MOUNT_SECURITY) == 0 && access(LEVEL_FILE, W_OK) == 0;
}

int lockdown_begin(void)
{
	static const char level[] = "integrity";
	int fd = open(LEVEL_FILE, O_RDWR | O_CLOEXEC);
	bool done;

	if (fd < 0)
		return -errno;
	/* EPERM if it is locked down as much already, so what counts is what it says then. */
	done = write(fd, level, sizeof(level) - 1) > 0 || errno == EPERM;
	done = done && is_locked_down(fd);
	close(fd);
	return done ? 0 : -EPERM;
}
