// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "attack.h"

enum {
	CMD_MAP_GET_NEXT_ID = 12,
	CMD_MAP_GET_FD_BY_ID = 14,
	READ_ONLY = 8,
	CMD_PROG_BIND_MAP = 35,
	COMMON_ATTRIBUTES = 1 << 16,
	PROG_SOCKET_FILTER = 1,
};

static const char *const guard_maps[] = {"holds",    "marks",     "replacements", "attempts",
					 "contents", "guard.bss", "guard.rodata"};

bool is_guard_map(int fd)
{
	struct map_info info = {0};
	struct object_info_args query = {.bpf_fd = (uint32_t)fd, .info_len = MAP_INFO_SIZE, .info = address_of(&info)};

	system_bpf(CMD_OBJ_GET_INFO_BY_FD, &query, OBJECT_INFO_SIZE);
	for (unsigned i = 0; i < sizeof(guard_maps) / sizeof(guard_maps[0]); i++) {
		if (strncmp(info.name, guard_maps[i], OBJECT_NAME_SIZE) == 0)
			return true;
	}
	return false;
}

/* common: with a bit that the kernel takes off the command, as 7.2 does. */
static int by_id_with(struct object_id_args *args, bool common)
{
	long fd;

	if (!common)
		return system_bpf((enum bpf_command)CMD_MAP_GET_FD_BY_ID, args, OBJECT_ID_SIZE);
	fd = syscall(SYS_bpf, (long)(CMD_MAP_GET_FD_BY_ID | COMMON_ATTRIBUTES), args, (long)OBJECT_ID_SIZE, NULL, 0L);
	return fd < 0 ? -errno : (int)fd;
}

/* A file descriptor, or -errno. Without a guard any map will do. */
static int guard_map(const struct scene *scene, uint32_t flags, bool common)
{
	struct map_create_args some = {.map_type = MAP_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1};
	struct object_id_args next = {0};

	if (!scene->guarded)
		system_bpf(CMD_MAP_CREATE, &some, MAP_CREATE_SIZE_BEFORE_6_18);
	while (system_bpf((enum bpf_command)CMD_MAP_GET_NEXT_ID, &next, OBJECT_ID_SIZE) == 0) {
		struct object_id_args by_id = {.id = next.next_id, .open_flags = flags};
		int fd = by_id_with(&by_id, common);

		next.id = next.next_id;
		if (fd < 0)
			continue;
		if (!scene->guarded || is_guard_map(fd))
			return fd;
		close(fd);
	}
	return -ENOENT;
}

static int open_maps(const struct scene *scene, uint32_t flags)
{
	int fd = guard_map(scene, flags, false);

	return fd < 0 ? fd : 0;
}

int open_a_guard_map(const struct scene *scene)
{
	return open_maps(scene, 0);
}

static int open_maps_to_write(const struct scene *scene)
{
	return open_maps(scene, 0);
}

static int open_maps_to_read(const struct scene *scene)
{
	return open_maps(scene, READ_ONLY);
}

static int open_maps_with_common_attributes(const struct scene *scene)
{
	int fd = guard_map(scene, 0, true);

	return fd < 0 ? fd : 0;
}

static int freeze_map(const struct scene *scene)
{
	struct map_create_args some = {.map_type = MAP_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1};
	int fd = scene->guarded ? guard_map(scene, 0, false) :
				  system_bpf(CMD_MAP_CREATE, &some, MAP_CREATE_SIZE_BEFORE_6_18);
	struct map_freeze_args args = {.map_fd = (uint32_t)fd};

	return fd < 0 ? fd : system_bpf(CMD_MAP_FREEZE, &args, MAP_FREEZE_SIZE);
}

/* A file descriptor, or -errno. */
static int guard_program(const struct scene *scene)
{
	struct object_id_args next = {0};

	if (!scene->guarded)
		return load_program(PROG_SOCKET_FILTER, 0);

	while (system_bpf(CMD_PROG_GET_NEXT_ID, &next, OBJECT_ID_SIZE) == 0) {
		struct object_id_args by_id = {.id = next.next_id};
		struct prog_info info = {0};
		struct object_info_args query = {.info_len = PROG_INFO_SIZE, .info = address_of(&info)};
		int fd = system_bpf(CMD_PROG_GET_FD_BY_ID, &by_id, OBJECT_ID_SIZE);

		next.id = next.next_id;
		query.bpf_fd = (uint32_t)fd;
		if (fd < 0)
			continue;
		system_bpf(CMD_OBJ_GET_INFO_BY_FD, &query, OBJECT_INFO_SIZE);
		if (strncmp(info.name, "guard_", 6) == 0)
			return fd;
		close(fd);
	}
	return -ENOENT;
}

static int open_programs(const struct scene *scene)
{
	int fd = guard_program(scene);

	return fd < 0 ? fd : 0;
}

static int run_program(const struct scene *scene)
{
	static const uint8_t packet[64];
	int fd = guard_program(scene);
	struct prog_run_args args = {.prog_fd = (uint32_t)fd, .data_in = address_of(packet), .data_size_in = sizeof(packet)};

	return fd < 0 ? fd : system_bpf(CMD_PROG_RUN, &args, PROG_RUN_SIZE);
}

static int bind_map(const struct scene *scene)
{
	struct map_create_args some = {.map_type = MAP_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1};
	int fd = guard_program(scene);
	uint32_t args[3] = {(uint32_t)fd, (uint32_t)system_bpf(CMD_MAP_CREATE, &some, MAP_CREATE_SIZE_BEFORE_6_18)};

	return fd < 0 ? fd : system_bpf((enum bpf_command)CMD_PROG_BIND_MAP, args, sizeof(args));
}

static int set_up_again(const struct scene *scene)
{
	struct guard_setup setup = {.operation = SETUP_SEAL, .loads = LOADS_ANY};
	int error = system_bpf((enum bpf_command)GUARD_SETUP, &setup, sizeof(setup));

	return !scene->guarded || error == -EINPROGRESS ? 0 : error;
}

const struct attack object_attacks[] = {
	{.name = "open-guard-maps-to-write", .run = open_maps_to_write, .aim = AIM_ACT},
	{.name = "open-guard-maps-to-read", .run = open_maps_to_read, .aim = AIM_ACT},
	{.name = "open-guard-maps-with-common-attributes", .run = open_maps_with_common_attributes, .aim = AIM_ACT,
	 .major = 7, .minor = 2},
	{.name = "freeze-guard-map", .run = freeze_map, .aim = AIM_ACT},
	{.name = "open-guard-programs", .run = open_programs, .aim = AIM_ACT},
	{.name = "run-guard-program", .run = run_program, .aim = AIM_ACT},
	{.name = "bind-map-to-guard-program", .run = bind_map, .aim = AIM_ACT},
	{.name = "set-guard-up-again", .run = set_up_again, .aim = AIM_ACT},
	{.name = NULL},
};
