// SPDX-License-Identifier: Apache-2.0
#include "inventory.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "system.h"

/* 0, 1 and 2 are the console's: the loader program has put nothing there. */
enum { LEAST_FD = 3 };

static int query(int fd, void *info, uint32_t size)
{
	struct object_info_args args = {.bpf_fd = (uint32_t)fd, .info_len = size, .info = address_of(info)};

	return fd < LEAST_FD ? -EBADF : system_bpf(CMD_OBJ_GET_INFO_BY_FD, &args, OBJECT_INFO_SIZE);
}

static bool is_named(const char kernel_name[OBJECT_NAME_SIZE], const char *name)
{
	return strncmp(kernel_name, name, OBJECT_NAME_SIZE) == 0;
}

static int compare_map(int fd, const struct manifest_map *map)
{
	struct map_info info = {0};
	int error = query(fd, &info, MAP_INFO_SIZE);

	if (error < 0)
		return error;
	return info.type == (uint32_t)map->type && is_named(info.name, map->name) ? 0 : -EBADMSG;
}

static int compare_prog(int fd, const struct manifest_prog *prog)
{
	struct prog_info info = {0};
	int error = query(fd, &info, PROG_INFO_SIZE);

	if (error < 0)
		return error;
	return info.type == (uint32_t)prog->type && is_named(info.name, prog->name) ? 0 : -EBADMSG;
}

int inventory_compare(const struct loaded_program *loaded, char detail[DETAIL_SIZE])
{
	const struct manifest_program *manifest = loaded->manifest;

	for (unsigned i = 0; i < manifest->map_count; i++) {
		int error = compare_map(loaded->maps[i], &manifest->maps[i]);

		if (error < 0) {
			snprintf(detail, DETAIL_SIZE, "map:%s", manifest->maps[i].name);
			return error;
		}
	}
	for (unsigned i = 0; i < manifest->prog_count; i++) {
		int error = compare_prog(loaded->progs[i], &manifest->progs[i]);

		if (error < 0) {
			snprintf(detail, DETAIL_SIZE, "prog:%s", manifest->progs[i].name);
			return error;
		}
	}
	return 0;
}
