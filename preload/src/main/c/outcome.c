// SPDX-License-Identifier: Apache-2.0
#include "outcome.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error_name.h"
#include "report.h"

_Noreturn void outcome_stop(enum failure_mode mode, const char *step, int error, const char *program)
{
	report("failure step=%s result=%s outcome=%s%s%s", step, error_name(error),
	       mode == FAILURE_REBOOT ? "reboot" : "halt", program != NULL ? " program=" : "",
	       program != NULL ? program : "");
	sync();
	reboot(mode == FAILURE_REBOOT ? RB_AUTOBOOT : (int)RB_HALT_SYSTEM);
	for (;;)
		pause();
}

int outcome_next(const char *path, char **arguments)
{
	const char *terminal = getenv("TERM");
	char term[64];
	char home[] = "HOME=/";
	char *environment[] = {home, term, NULL};

	snprintf(term, sizeof(term), "TERM=%s", terminal != NULL ? terminal : "linux");
	umask(022);
	if (arguments[0] != NULL)
		arguments[0] = (char *)path;
	execve(path, arguments, environment);
	return -errno;
}
