// SPDX-License-Identifier: Apache-2.0
#include "kernel_release.h"

#include <stdio.h>
#include <sys/utsname.h>

void kernel_release_read(struct kernel_release *out)
{
	struct utsname name;

	*out = (struct kernel_release){.text = "unknown"};
	if (uname(&name) < 0)
		return;
	report_value(out->text, sizeof(out->text), name.release);
	if (sscanf(name.release, "%u.%u", &out->major, &out->minor) != 2)
		out->major = out->minor = 0;
}

bool kernel_is_at_least(const struct kernel_release *kernel, unsigned major, unsigned minor)
{
	return kernel->major > major || (kernel->major == major && kernel->minor >= minor);
}

bool kernel_verifies(const struct kernel_release *kernel)
{
	return kernel_is_at_least(kernel, 6, 18);
}
