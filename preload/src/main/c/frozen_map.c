// SPDX-License-Identifier: Apache-2.0
#include "frozen_map.h"

#include <stddef.h>

#include "bpf_abi.h"
#include "system.h"

static int create(uint32_t size, const uint8_t *exclusive_to)
{
	struct map_create_args args = {
		.map_type = MAP_ARRAY,
		.key_size = sizeof(uint32_t),
		.value_size = size,
		.max_entries = 1,
		.map_name = "__loader.map",
		.excl_prog_hash = address_of(exclusive_to),
		.excl_prog_hash_size = exclusive_to != NULL ? SHA256_SIZE : 0,
	};

	return system_bpf(CMD_MAP_CREATE, &args, exclusive_to != NULL ? MAP_CREATE_SIZE : MAP_CREATE_SIZE_BEFORE_6_18);
}

static int update(int fd, const void *value)
{
	const uint32_t key = 0;
	struct map_update_args args = {
		.map_fd = (uint32_t)fd,
		.key = address_of(&key),
		.value = address_of(value),
	};

	return system_bpf(CMD_MAP_UPDATE_ELEM, &args, MAP_UPDATE_SIZE);
}

static int freeze(int fd)
{
	struct map_freeze_args args = {.map_fd = (uint32_t)fd};

	return system_bpf(CMD_MAP_FREEZE, &args, MAP_FREEZE_SIZE);
}

static int query_hash(int fd, uint8_t sha256[SHA256_SIZE])
{
	struct map_info info = {.hash = address_of(sha256), .hash_size = SHA256_SIZE};
	struct object_info_args args = {
		.bpf_fd = (uint32_t)fd,
		.info_len = MAP_INFO_SIZE,
		.info = address_of(&info),
	};

	return system_bpf(CMD_OBJ_GET_INFO_BY_FD, &args, OBJECT_INFO_SIZE);
}

int frozen_map_make(struct frozen_map *out, const void *value, uint32_t size, const uint8_t *exclusive_to)
{
	int error;

	*out = (struct frozen_map){.step = "map"};
	out->fd = create(size, exclusive_to);
	if (out->fd < 0)
		return out->fd;
	out->step = "update";
	error = update(out->fd, value);
	if (error < 0)
		return error;
	out->step = "freeze";
	error = freeze(out->fd);
	if (error < 0 || exclusive_to == NULL)
		return error;
	out->step = "hash";
	return query_hash(out->fd, out->sha256);
}
