// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "attack.h"

enum { CGROUP_SKB = 8, CMD_LINK_DETACH = 34 };

int result_of(long returned)
{
	return returned < 0 ? -errno : 0;
}

int get_pin(const char *pin)
{
	struct object_pin_args get = {.pathname = address_of(pin)};

	return system_bpf(CMD_OBJ_GET, &get, OBJECT_PIN_SIZE);
}

uint32_t link_id_of_pin(const char *pin)
{
	struct link_info info = {0};
	struct object_info_args query = {.info_len = LINK_INFO_SIZE, .info = address_of(&info)};
	int fd = get_pin(pin);

	query.bpf_fd = (uint32_t)fd;
	if (fd >= 0) {
		system_bpf(CMD_OBJ_GET_INFO_BY_FD, &query, OBJECT_INFO_SIZE);
		close(fd);
	}
	return info.id;
}

int pin_cgroup_link(const char *cgroup, const char *pin)
{
	struct link_create_args create = {.prog_fd = (uint32_t)load_program(CGROUP_SKB, 0)};
	struct object_pin_args args = {.pathname = address_of(pin)};
	int error;

	create.target = (uint32_t)open(cgroup, O_RDONLY | O_DIRECTORY);
	args.bpf_fd = (uint32_t)system_bpf(CMD_LINK_CREATE, &create, LINK_CREATE_SIZE);
	error = system_bpf(CMD_OBJ_PIN, &args, OBJECT_PIN_SIZE);
	close((int)create.prog_fd);
	close((int)create.target);
	close((int)args.bpf_fd);
	return error;
}

/* r0 = 1; exit: fits every type that is used here. */
int load_program(uint32_t type, uint32_t attach_type)
{
	static const uint64_t insns[] = {0x00000001000000b7, 0x0000000000000095};
	struct prog_load_args args = {
		.prog_type = type,
		.insn_cnt = 2,
		.insns = address_of(insns),
		.license = address_of("GPL"),
		.prog_flags = type == PROG_SYSCALL ? PROG_FLAG_SLEEPABLE : 0,
		.expected_attach_type = attach_type,
	};

	return system_bpf(CMD_PROG_LOAD, &args, PROG_LOAD_SIZE_BEFORE_6_18);
}

int detach_pin(const char *pin)
{
	uint32_t args[1] = {(uint32_t)get_pin(pin)};
	int error = system_bpf((enum bpf_command)CMD_LINK_DETACH, args, sizeof(args));

	close((int)args[0]);
	return error;
}

int load_signed_by_image_key(void)
{
	static uint8_t insns[4096], signature[4096];
	struct prog_load_args args = {
		.prog_type = PROG_SYSCALL,
		.insn_cnt = (uint32_t)(read_file("/loads/own.insns", insns, sizeof(insns)) / 8),
		.insns = address_of(insns),
		.license = address_of("GPL"),
		.prog_flags = PROG_FLAG_SLEEPABLE,
		.signature = address_of(signature),
		.signature_size = (uint32_t)read_file("/loads/good.p7s", signature, sizeof(signature)),
		.keyring_id = find_keyring("bpfseal"),
	};

	return system_bpf(CMD_PROG_LOAD, &args, PROG_LOAD_SIZE);
}

int write_file(const char *path, const void *bytes, size_t size)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	int error;

	if (fd < 0)
		return -errno;
	error = write(fd, bytes, size) < 0 ? -errno : 0;
	close(fd);
	return error;
}

size_t read_file(const char *path, void *out, size_t room)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t size = 0;
	ssize_t got = 1;

	while (fd >= 0 && got > 0 && size < room) {
		got = read(fd, (char *)out + size, room - size);
		size += got > 0 ? (size_t)got : 0;
	}
	if (fd >= 0)
		close(fd);
	return size;
}
