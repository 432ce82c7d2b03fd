// SPDX-License-Identifier: Apache-2.0
#include "link.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bpf_abi.h"
#include "mounts.h"
#include "perf_link.h"
#include "system.h"

static int create(struct link_create_args *args, int prog_fd, uint32_t attach_type)
{
	args->prog_fd = (uint32_t)prog_fd;
	args->attach_type = attach_type;
	return system_bpf(CMD_LINK_CREATE, args, LINK_CREATE_SIZE);
}

/* Raw tracepoints by name; without one the program's own BTF target (LSM, fentry, fexit, tp_btf). */
static int attach_tracepoint(int prog_fd, const char *name)
{
	struct raw_tracepoint_args args = {.name = address_of(name), .prog_fd = (uint32_t)prog_fd};

	return system_bpf(CMD_RAW_TRACEPOINT_OPEN, &args, RAW_TRACEPOINT_SIZE);
}

static int attach_iter(int prog_fd)
{
	struct link_create_args args = {0};

	return create(&args, prog_fd, ATTACH_TRACE_ITER);
}

static int attach_cgroup(const struct manifest_link *link, int prog_fd)
{
	char path[sizeof(CGROUP_ROOT) + MANIFEST_LINE_MAX];
	struct link_create_args args = {0};
	int fd = mount_needed(MOUNT_CGROUP);

	if (fd < 0)
		return fd;
	snprintf(path, sizeof(path), CGROUP_ROOT "%s", link->target);
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	args.target = (uint32_t)fd;
	fd = create(&args, prog_fd, link->attach_type);
	close((int)args.target);
	return fd;
}

static int interface_index(const char *name)
{
	struct ifreq request = {0};
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	int index;

	if (fd < 0)
		return -errno;
	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	index = ioctl(fd, SIOCGIFINDEX, &request) < 0 ? -errno : request.ifr_ifindex;
	close(fd);
	return index;
}

static int attach_interface(const struct manifest_link *link, int prog_fd, uint32_t attach_type)
{
	int index = interface_index(link->target);
	struct link_create_args args = {.flags = link->mode};

	if (index < 0)
		return index;
	args.target = (uint32_t)index;
	return create(&args, prog_fd, attach_type);
}

static int attach_kprobe_multi(const struct manifest_link *link, int prog_fd)
{
	const char *functions[MANIFEST_LINE_MAX];
	const char *function = link->target;
	struct link_create_args args = {0};

	for (unsigned i = 0; i < link->target_count; i++) {
		functions[i] = function;
		function += strlen(function) + 1;
	}
	args.kind.kprobe_multi.flags = link->on_return ? KPROBE_MULTI_RETURN : 0;
	args.kind.kprobe_multi.count = link->target_count;
	args.kind.kprobe_multi.symbols = address_of(functions);
	return create(&args, prog_fd, ATTACH_KPROBE_MULTI);
}

static int attach_netfilter(const struct manifest_link *link, int prog_fd)
{
	struct link_create_args args = {0};

	args.kind.netfilter.pf = link->pf;
	args.kind.netfilter.hook = link->hook;
	args.kind.netfilter.priority = link->priority;
	return create(&args, prog_fd, ATTACH_NETFILTER);
}

/* Takes over the perf event: the link keeps it. */
static int attach_perf_event(int event_fd, int prog_fd)
{
	struct link_create_args args = {.target = (uint32_t)event_fd};
	int fd;

	if (event_fd < 0)
		return event_fd;
	fd = create(&args, prog_fd, ATTACH_PERF_EVENT);
	close(event_fd);
	return fd;
}

int link_attach(const struct manifest_link *link, int prog_fd)
{
	switch (link->kind) {
	case LINK_LSM:
	case LINK_TRACING:
		return attach_tracepoint(prog_fd, NULL);
	case LINK_ITER:
		return attach_iter(prog_fd);
	case LINK_RAW_TRACEPOINT:
		return attach_tracepoint(prog_fd, link->target);
	case LINK_CGROUP:
		return attach_cgroup(link, prog_fd);
	case LINK_XDP:
		return attach_interface(link, prog_fd, ATTACH_XDP);
	case LINK_TCX:
		return attach_interface(link, prog_fd, link->attach_type);
	case LINK_TRACEPOINT:
		return attach_perf_event(perf_open_tracepoint(link->category, link->target), prog_fd);
	case LINK_KPROBE:
		return attach_perf_event(perf_open_kprobe(link->target, link->offset, link->on_return), prog_fd);
	case LINK_KPROBE_MULTI:
		return attach_kprobe_multi(link, prog_fd);
	case LINK_NETFILTER:
		return attach_netfilter(link, prog_fd);
	case LINK_KINDS:
		break;
	}
	return -EINVAL;
}
