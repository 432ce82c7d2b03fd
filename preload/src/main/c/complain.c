// SPDX-License-Identifier: Apache-2.0
#include "complain.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

#include "error_name.h"

static void say(const char *kind, const char *format, va_list values)
{
	fprintf(stderr, "bpfseal: %s: ", kind);
	vfprintf(stderr, format, values);
	fputc('\n', stderr);
}

void complain(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	say("error", format, values);
	va_end(values);
}

void hint(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	say("hint", format, values);
	va_end(values);
}

int complain_status(int error)
{
	if (error == -ENOENT) {
		complain("no sealed guard answers");
		hint("this takes root, and an image with a guard");
	} else {
		complain("the guard's status can't be read: %s", error_name(error));
	}
	return EXIT_MALFORMED;
}
