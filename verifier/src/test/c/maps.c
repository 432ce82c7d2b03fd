// SPDX-License-Identifier: Apache-2.0
/*
 * Maps that a load binds by fd_array. In a case of kind 2, behind the part of kind 0: u32 maps, each u32 type, u32
 * value_size, u32 max_entries, u32 map_flags, u32 frozen, u32 its value's blob (shorter ones are filled up with zeros), u32
 * the blob of excl_prog_hash (empty: not exclusive); u32 fd_array_cnt; u32 fd_array is null; u32 entries, each s32: the
 * number of a map, or -1 not open, -2 BTF, -3 another open file. Further entries are not open.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "judge.h"

#define BPF_MAP_CREATE 0
#define BPF_MAP_UPDATE_ELEM 2
#define BPF_BTF_LOAD 18
#define BPF_MAP_FREEZE 22
#define MOST_MAPS 128
#define MOST_ENTRIES 8192
#define CREATE_SIZE 92
#define ENTRY_BTF (-2)
#define ENTRY_FILE (-3)

/* The kernel's attributes of BPF_MAP_CREATE, up to those of Linux 6.18. */
struct create {
	uint32_t type, key_size, value_size, max_entries, flags;
	uint8_t unused[60];
	uint64_t excl_prog_hash;
	uint32_t excl_prog_hash_size;
};
_Static_assert(offsetof(struct create, excl_prog_hash) == 80, "excl_prog_hash");

struct update {
	uint32_t fd, unused;
	uint64_t key, value, flags;
};

static int maps[MOST_MAPS];
static uint32_t map_count;
static int btf = -1, file = -1;

static long bpf(int command, void *attributes, uint32_t size)
{
	return syscall(SYS_bpf, command, attributes, size);
}

/* The smallest BTF: a header, one unnamed 32-bit integer, and an empty string. */
static int load_btf(void)
{
	static const uint32_t image[] = {
		0x0001eb9f, 24, 0, 16, 16, 1, 0, 1u << 24, 4, 32, 0,
	};
	struct {
		uint64_t btf, log;
		uint32_t size, log_size, log_level;
	} attributes = { .btf = (uintptr_t)image, .size = 24 + 16 + 1 };
	long fd = bpf(BPF_BTF_LOAD, &attributes, 28);

	if (fd < 0)
		fail("BTF");
	return (int)fd;
}

static void fill(int map, const struct blob *value, uint32_t size)
{
	uint32_t key = 0;
	uint8_t *copy = calloc(1, size + 64);
	struct update update = { .fd = (uint32_t)map, .key = (uintptr_t)&key, .value = (uintptr_t)copy };

	if (copy == NULL)
		fail("value of %u bytes", size);
	memcpy(copy, value->bytes, value->size < size ? value->size : size);
	if (bpf(BPF_MAP_UPDATE_ELEM, &update, sizeof(update)) != 0)
		fail("update");
	free(copy);
}

static int make_map(size_t *at)
{
	struct create create = { .key_size = 4 };
	const struct blob *value, *hash;
	uint32_t frozen;
	long map;

	create.type = number(at, 4);
	create.value_size = number(at, 4);
	create.max_entries = number(at, 4);
	create.flags = number(at, 4);
	frozen = number(at, 4);
	value = blob(at);
	hash = blob(at);
	create.excl_prog_hash = hash->size == 0 ? 0 : (uintptr_t)hash->bytes;
	create.excl_prog_hash_size = hash->size;
	map = bpf(BPF_MAP_CREATE, &create, CREATE_SIZE);
	if (map < 0)
		fail("map of type %u with values of %u bytes", create.type, create.value_size);
	if (value->size > 0)
		fill((int)map, value, create.value_size);
	if (frozen && bpf(BPF_MAP_FREEZE, &map, 4) != 0)
		fail("freeze");
	return (int)map;
}

static int entry(int32_t number_of_map)
{
	if (number_of_map == ENTRY_BTF)
		return btf;
	if (number_of_map == ENTRY_FILE)
		return file;
	if (number_of_map < 0 || (uint32_t)number_of_map >= map_count)
		return -1;
	return maps[number_of_map];
}

void bind_maps(size_t *at, struct load *load)
{
	static int fds[MOST_ENTRIES];
	uint32_t entries, is_null;

	if (btf < 0) {
		btf = load_btf();
		file = open("/dev/null", O_RDONLY | O_CLOEXEC);
	}
	map_count = number(at, 4);
	if (map_count > MOST_MAPS)
		fail("%u maps", map_count);
	for (uint32_t i = 0; i < map_count; i++)
		maps[i] = make_map(at);
	load->fd_array_cnt = number(at, 4);
	is_null = number(at, 4);
	entries = number(at, 4);
	if (entries > MOST_ENTRIES)
		fail("%u entries", entries);
	for (uint32_t i = 0; i < MOST_ENTRIES; i++)
		fds[i] = i < entries ? entry((int32_t)number(at, 4)) : -1;
	load->fd_array = is_null ? 0 : (uintptr_t)fds;
}

void unbind_maps(void)
{
	for (uint32_t i = 0; i < map_count; i++)
		close(maps[i]);
}

void skip_maps(size_t *at)
{
	uint32_t count = number(at, 4);

	*at += 28 * (size_t)count + 8;
	count = number(at, 4);
	*at += 4 * (size_t)count;
}
