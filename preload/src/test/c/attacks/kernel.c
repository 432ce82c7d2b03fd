// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <fcntl.h>
#include <sys/io.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "attack.h"

static int switch_tracing_off(const struct scene *scene)
{
	int error = write_file("/proc/sys/kernel/ftrace_enabled", "0", 1);

	if (error == 0 && !scene->guarded)
		write_file("/proc/sys/kernel/ftrace_enabled", "1", 1);
	return error;
}

static int switch_tracing_off_by_fd(const struct scene *scene)
{
	int fd = open("/proc/sys/kernel/ftrace_enabled", O_RDONLY);
	int error;

	error = result_of(fd);
	if (error == 0) {
		int again = open("/proc/self/fd/3", O_RDWR);

		again = again < 0 ? open("/proc/sys/kernel/../kernel/ftrace_enabled", O_RDWR) : again;
		error = again < 0 ? -errno : (write(again, "0", 1) < 0 ? -errno : 0);
		if (error == 0 && !scene->guarded)
			write_file("/proc/sys/kernel/ftrace_enabled", "1", 1);
	}
	return error;
}

static int open_memory(const struct scene *scene)
{
	(void)scene;
	mknod("/dev/mem", S_IFCHR | 0600, (dev_t)(1 << 8 | 1));
	return result_of(open("/dev/mem", O_RDWR));
}

static int io_privileges(const struct scene *scene)
{
	(void)scene;
	return result_of(ioperm(0x80, 1, 1));
}

static int load_other_kernel(const struct scene *scene)
{
	(void)scene;
	return result_of(syscall(SYS_kexec_load, 0UL, 0UL, NULL, 0UL));
}

static int write_debugfs(const struct scene *scene)
{
	(void)scene;
	mkdir("/tmp/debug", 0700);
	if (mount("debugfs", "/tmp/debug", "debugfs", 0, NULL) < 0)
		return -errno;
	return result_of(open("/tmp/debug/sched/verbose", O_RDWR));
}

static int load_module(const struct scene *scene)
{
	/* The kernel asks about unsigned modules before it looks at the rest. */
	static const char nonsense[4096] = "\177ELF";
	int error = result_of(syscall(SYS_init_module, nonsense, sizeof(nonsense), ""));

	(void)scene;
	return error == -ENOEXEC ? 0 : error;
}

const struct attack kernel_attacks[] = {
	{.name = "ftrace-off", .run = switch_tracing_off, .aim = AIM_ACT, .end_major = 7},
	{.name = "ftrace-off-by-fd", .run = switch_tracing_off_by_fd, .aim = AIM_ACT, .end_major = 7},
	{.name = "open-dev-mem", .run = open_memory, .aim = AIM_ACT},
	{.name = "ioperm", .run = io_privileges, .aim = AIM_ACT},
	{.name = "kexec-load", .run = load_other_kernel, .aim = AIM_ACT},
	{.name = "write-debugfs", .run = write_debugfs, .aim = AIM_ACT},
	{.name = "load-unsigned-module", .run = load_module, .aim = AIM_ACT},
	{.name = NULL},
};
