// SPDX-License-Identifier: Apache-2.0
/* Switches of the tracer, which shares with the hooks' programs the places in the kernel's functions that call them. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "attack.h"

#define TRACING "/tmp/tracing/"
#define HOOK "bpf_lsm_inode_unlink"

static int set(const char *file, const char *text)
{
	char path[128];

	snprintf(path, sizeof(path), TRACING "%s", file);
	return write_file(path, text, strlen(text));
}

static int unlink_with(const struct scene *scene, int error)
{
	return error < 0 ? error : result_of(unlink(scene->pin));
}

static int mount_tracing(void)
{
	int error;

	mkdir(TRACING, 0700);
	error = result_of(mount("tracefs", TRACING, "tracefs", 0, NULL));
	/* By the attack before. */
	return error == -EBUSY ? 0 : error;
}

static int with_kprobe(const struct scene *scene)
{
	int error = mount_tracing();

	if (error == 0)
		error = set("kprobe_events", "p:bpfseal/hook " HOOK "\n");
	if (error == 0)
		error = set("events/bpfseal/hook/enable", "1");
	error = unlink_with(scene, error);
	set("events/bpfseal/hook/enable", "0");
	set("kprobe_events", "-:bpfseal/hook\n");
	return error;
}

static int left_out(const struct scene *scene)
{
	int error = mount_tracing();

	error = unlink_with(scene, error < 0 ? error : set("set_ftrace_notrace", HOOK "\n"));
	set("set_ftrace_notrace", "\n");
	return error;
}

static int traced(const struct scene *scene)
{
	int error = mount_tracing();

	if (error == 0)
		error = set("set_ftrace_filter", HOOK "\n");
	if (error == 0)
		error = set("current_tracer", "function");
	error = unlink_with(scene, error);
	set("current_tracer", "nop");
	set("set_ftrace_filter", "\n");
	return error;
}

static int switched_off(const struct scene *scene)
{
	int error = mount_tracing();

	error = unlink_with(scene, error < 0 ? error : set("tracing_on", "0"));
	set("tracing_on", "1");
	return error;
}

static int disable_events(const struct scene *scene)
{
	int error = mount_tracing();

	(void)scene;
	if (error == 0)
		error = set("events/enable", "0");
	if (error == 0)
		error = set("events/sched/sched_process_exec/filter", "pid == 0");
	set("events/sched/sched_process_exec/filter", "0");
	return error;
}

/* What the kernel compiled before stays compiled. */
static int with_interpreter(const struct scene *scene)
{
	write_file("/proc/sys/net/core/bpf_jit_harden", "2", 1);
	write_file("/proc/sys/net/core/bpf_jit_enable", "0", 1);
	return unlink_with(scene, write_file("/proc/sys/kernel/bpf_stats_enabled", "1", 1));
}

const struct attack tracing_attacks[] = {
	{.name = "unlink-with-kprobe-on-the-hook", .run = with_kprobe, .aim = AIM_LINK},
	{.name = "unlink-with-the-hook-left-out-of-tracing", .run = left_out, .aim = AIM_LINK},
	{.name = "unlink-with-the-hook-traced", .run = traced, .aim = AIM_LINK},
	{.name = "unlink-with-tracing-off", .run = switched_off, .aim = AIM_LINK},
	{.name = "unlink-with-switched-compiler", .run = with_interpreter, .aim = AIM_LINK},
	{.name = "disable-trace-events-is-harmless", .run = disable_events, .aim = AIM_NOTHING},
	{.name = NULL},
};
