// SPDX-License-Identifier: Apache-2.0
/* Prints, for each argument as a kernel command line, the floor that it names, or "bad". */
#include <stdio.h>

#include "floor.h"

int main(int count, char **arguments)
{
	for (int i = 1; i < count; i++) {
		uint32_t floor;

		if (floor_of_command_line(arguments[i], &floor) < 0)
			puts("bad");
		else
			printf("%u\n", floor);
	}
	return 0;
}
