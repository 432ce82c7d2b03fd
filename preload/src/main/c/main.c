// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "boot.h"
#include "control.h"

int main(int count, char **arguments)
{
	/* The kernel starts it as process 1 (rdinit=); anything else must not get near reboot(2). */
	if (getpid() == 1)
		boot(arguments);
	return control(count, arguments);
}
