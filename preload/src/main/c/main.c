// SPDX-License-Identifier: Apache-2.0
#include <string.h>
#include <unistd.h>

#include "boot.h"

static const char usage[] = "bpfseal: error: this program boots an image: the kernel starts it as process 1 (rdinit=)\n";

int main(int count, char **arguments)
{
	(void)count;
	/* Anything but process 1 must not get near reboot(2). */
	if (getpid() == 1)
		boot(arguments);
	return write(STDERR_FILENO, usage, strlen(usage)) < 0 ? 1 : 2;
}
