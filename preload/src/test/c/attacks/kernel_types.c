// SPDX-License-Identifier: Apache-2.0
/* Types of the running kernel, as BTF: Documentation/bpf/btf.rst. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "kernel_types.h"

enum { KIND_FUNC = 12, KINDS = 20 };

struct btf_header {
	uint16_t magic;
	uint8_t version, flags;
	uint32_t header_size, types_at, types_size, strings_at, strings_size;
};

struct btf_type {
	uint32_t name, info, size;
};

/* What follows a type: so many bytes, and so many for each of its members. */
static const struct {
	uint8_t once, each;
} more[KINDS] = {
	[1] = {4, 0},  [3] = {12, 0}, [4] = {0, 12},  [5] = {0, 12}, [6] = {0, 8},
	[13] = {0, 8}, [14] = {4, 0}, [15] = {0, 12}, [17] = {4, 0}, [19] = {0, 12},
};

static int search(const uint8_t *btf, const char *name)
{
	const struct btf_header *header = (const void *)btf;
	const uint8_t *at = btf + header->header_size + header->types_at, *end = at + header->types_size;
	const char *strings = (const char *)btf + header->header_size + header->strings_at;

	for (int id = 1; at < end; id++) {
		const struct btf_type *type = (const void *)at;
		uint32_t kind = type->info >> 24 & 0x1f;

		if (kind >= KINDS)
			return -EPROTO;
		if (kind == KIND_FUNC && strcmp(strings + type->name, name) == 0)
			return id;
		at += sizeof(*type) + more[kind].once + (size_t)more[kind].each * (type->info & 0xffff);
	}
	return -ENOENT;
}

int kernel_function(const char *name)
{
	int fd = open("/sys/kernel/btf/vmlinux", O_RDONLY | O_CLOEXEC), id;
	size_t size = 0;
	struct stat status;
	uint8_t *bytes;

	if (fd < 0 || fstat(fd, &status) < 0)
		return -errno;
	bytes = mmap(NULL, (size_t)status.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (bytes == MAP_FAILED)
		return -errno;
	for (ssize_t got = 1; got > 0; size += got > 0 ? (size_t)got : 0)
		got = read(fd, bytes + size, (size_t)status.st_size - size);
	close(fd);
	id = search(bytes, name);
	munmap(bytes, (size_t)status.st_size);
	return id;
}

int load_on_function(uint32_t type, uint32_t attach_type, const char *function, const uint64_t *insns, uint32_t count)
{
	int id = kernel_function(function);
	struct prog_load_args args = {
		.prog_type = type,
		.insn_cnt = count,
		.insns = address_of(insns),
		.license = address_of("GPL"),
		.expected_attach_type = attach_type,
		.attach_btf_id = (uint32_t)id,
	};

	return id < 0 ? id : system_bpf(CMD_PROG_LOAD, &args, PROG_LOAD_SIZE_BEFORE_6_18);
}
