// SPDX-License-Identifier: Apache-2.0
#include "perf_link.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bpf_abi.h"
#include "file.h"
#include "mounts.h"
#include "system.h"

#define KPROBE_DEVICE "/sys/bus/event_source/devices/kprobe/"

/* The event only gives the link its place: a program on a tracepoint or kprobe runs on every CPU. */
enum { ANY_PROCESS = -1, FIRST_CPU = 0 };

int perf_open_tracepoint(const char *category, const char *name)
{
	struct perf_event_args args = {.type = PERF_TYPE_TRACEPOINT, .size = PERF_EVENT_SIZE};
	char path[sizeof(TRACING_ROOT) + 160];
	long id = mount_needed(MOUNT_TRACING);

	if (id < 0)
		return (int)id;
	snprintf(path, sizeof(path), TRACING_ROOT "/events/%s/%s/id", category, name);
	id = file_number(path);
	if (id < 0)
		return (int)id;
	args.config = (uint64_t)id;
	return system_perf_event_open(&args, ANY_PROCESS, FIRST_CPU);
}

/* The bit of config that makes it a return probe: format/retprobe says "config:N". */
static uint64_t return_bit(void)
{
	char text[32] = "";
	int fd = open(KPROBE_DEVICE "format/retprobe", O_RDONLY | O_CLOEXEC);
	unsigned bit = 0;

	if (fd >= 0) {
		if (read(fd, text, sizeof(text) - 1) > 7 && strncmp(text, "config:", 7) == 0)
			bit = (unsigned)strtoul(text + 7, NULL, 10) & 63;
		close(fd);
	}
	return (uint64_t)1 << bit;
}

int perf_open_kprobe(const char *function, uint32_t offset, bool on_return)
{
	struct perf_event_args args = {.size = PERF_EVENT_SIZE};
	long type = file_number(KPROBE_DEVICE "type");

	if (type < 0)
		return (int)type;
	args.type = (uint32_t)type;
	args.config = on_return ? return_bit() : 0;
	args.config1 = address_of(function);
	args.config2 = offset;
	return system_perf_event_open(&args, ANY_PROCESS, FIRST_CPU);
}
