// SPDX-License-Identifier: Apache-2.0
/* Where anything may be loaded: programs that change what the kernel asks the guard, or what it makes of the answer. */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "attack.h"
#include "kernel_types.h"

/*
 * A positive value of security_bpf() is neither a refusal nor a call of the hook's programs. The link ends with this
 * process.
 */
static int modify_return(const char *function)
{
	static const uint64_t insns[] = {INSN_RETURN(1)};
	struct raw_tracepoint_args args = {0};
	int prog = load_on_function(PROG_TRACING, ATTACH_MODIFY_RETURN, function, insns, 2);

	args.prog_fd = (uint32_t)prog;
	return prog < 0 ? prog : system_bpf(CMD_RAW_TRACEPOINT_OPEN, &args, RAW_TRACEPOINT_SIZE);
}

static int detach_with_modified_return(const struct scene *scene)
{
	int link = modify_return("security_bpf");

	return link < 0 ? link : detach_pin(scene->detachable);
}

static int open_maps_with_modified_return(const struct scene *scene)
{
	int link = modify_return("security_bpf");

	return link < 0 ? link : open_a_guard_map(scene);
}

/* The same by a program of the root cgroup; 7.2 checks the value when it loads. */
static int detach_with_cgroup_hook(const struct scene *scene)
{
	/* r1 = 1; call bpf_set_retval; r0 = 1; exit */
	static const uint64_t insns[] = {0x00000001000001b7, 0x000000bb00000085, INSN_RETURN(1)};
	struct link_create_args args = {.attach_type = ATTACH_LSM_CGROUP};
	int prog = load_on_function(PROG_LSM, ATTACH_LSM_CGROUP, "bpf_lsm_bpf", insns, 4), link;

	args.prog_fd = (uint32_t)prog;
	args.target = (uint32_t)open("/sys/fs/cgroup", O_RDONLY | O_DIRECTORY);
	link = prog < 0 ? prog : system_bpf(CMD_LINK_CREATE, &args, LINK_CREATE_SIZE);
	return link < 0 ? link : detach_pin(scene->detachable);
}

static int load_kprobe(const struct scene *scene)
{
	(void)scene;
	return load_program(2, 0);
}

static int load_fentry(const struct scene *scene)
{
	static const uint64_t insns[] = {INSN_RETURN(0)};

	(void)scene;
	return load_on_function(PROG_TRACING, ATTACH_FENTRY, "security_bpf", insns, 2);
}

static int load_lsm(const struct scene *scene)
{
	static const uint64_t insns[] = {INSN_RETURN(0)};

	(void)scene;
	return load_on_function(PROG_LSM, ATTACH_LSM, "bpf_lsm_bpf", insns, 2);
}

const struct attack any_load_attacks[] = {
	{.name = "any-load-kprobe-is-allowed", .run = load_kprobe, .aim = AIM_NOTHING},
	{.name = "any-load-fentry-is-allowed", .run = load_fentry, .aim = AIM_NOTHING},
	{.name = "any-load-lsm-is-allowed", .run = load_lsm, .aim = AIM_NOTHING},
	{.name = "any-open-maps-with-modified-return", .run = open_maps_with_modified_return, .aim = AIM_ACT},
	{.name = "any-detach-with-cgroup-hook", .run = detach_with_cgroup_hook, .aim = AIM_ACT, .end_major = 7,
	 .end_minor = 2},
	{.name = "any-detach-with-modified-return", .run = detach_with_modified_return, .aim = AIM_ACT},
	{.name = NULL},
};
