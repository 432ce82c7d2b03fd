// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "attack.h"

enum {
	CMD_PROG_GET_NEXT_ID = 11,
	CMD_MAP_GET_NEXT_ID = 12,
	CMD_MAP_GET_FD_BY_ID = 14,
	READ_ONLY = 8,
	CMD_MAP_LOOKUP = 1,
};

static const char *const guard_maps[] = {"holds",    "marks",     "replacements", "attempts",
					 "contents", "guard.bss", "guard.rodata"};

static bool is_guard_map(const char *name)
{
	for (unsigned i = 0; i < sizeof(guard_maps) / sizeof(guard_maps[0]); i++) {
		if (strncmp(name, guard_maps[i], OBJECT_NAME_SIZE) == 0)
			return true;
	}
	return false;
}

/* Without a guard any map will do. */
static int open_maps(const struct scene *scene, uint32_t flags)
{
	struct map_create_args some = {.map_type = MAP_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1};
	struct object_id_args next = {0};

	if (!scene->guarded)
		system_bpf(CMD_MAP_CREATE, &some, MAP_CREATE_SIZE_BEFORE_6_18);
	while (system_bpf((enum bpf_command)CMD_MAP_GET_NEXT_ID, &next, OBJECT_ID_SIZE) == 0) {
		struct object_id_args by_id = {.id = next.next_id, .open_flags = flags};
		struct map_info info = {0};
		struct object_info_args query = {.info_len = MAP_INFO_SIZE, .info = address_of(&info)};
		int fd = system_bpf((enum bpf_command)CMD_MAP_GET_FD_BY_ID, &by_id, OBJECT_ID_SIZE);

		next.id = next.next_id;
		query.bpf_fd = (uint32_t)fd;
		if (fd < 0)
			continue;
		system_bpf(CMD_OBJ_GET_INFO_BY_FD, &query, OBJECT_INFO_SIZE);
		close(fd);
		if (!scene->guarded || is_guard_map(info.name))
			return 0;
	}
	return -ENOENT;
}

static int open_maps_to_write(const struct scene *scene)
{
	return open_maps(scene, 0);
}

static int open_maps_to_read(const struct scene *scene)
{
	return open_maps(scene, READ_ONLY);
}

static int open_programs(const struct scene *scene)
{
	struct object_id_args next = {0};

	while (system_bpf((enum bpf_command)CMD_PROG_GET_NEXT_ID, &next, OBJECT_ID_SIZE) == 0) {
		struct object_id_args by_id = {.id = next.next_id};
		struct prog_info info = {0};
		struct object_info_args query = {.info_len = PROG_INFO_SIZE, .info = address_of(&info)};
		int fd = system_bpf(CMD_PROG_GET_FD_BY_ID, &by_id, OBJECT_ID_SIZE);

		next.id = next.next_id;
		query.bpf_fd = (uint32_t)fd;
		if (fd < 0)
			continue;
		system_bpf(CMD_OBJ_GET_INFO_BY_FD, &query, OBJECT_INFO_SIZE);
		close(fd);
		if (!scene->guarded || strncmp(info.name, "guard_", 6) == 0)
			return 0;
	}
	return -ENOENT;
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
	{.name = "open-guard-programs", .run = open_programs, .aim = AIM_ACT},
	{.name = "set-guard-up-again", .run = set_up_again, .aim = AIM_ACT},
	{.name = NULL},
};
