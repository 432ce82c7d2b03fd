// SPDX-License-Identifier: Apache-2.0
#include "pins.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bpf_abi.h"
#include "mounts.h"
#include "system.h"

enum { FOLDER_MODE = 0700 };

void pin_path(char out[PIN_PATH_SIZE], const struct manifest_program *program, const char *link)
{
	snprintf(out, PIN_PATH_SIZE, PIN_ROOT "/%s/%s", program->name, link);
}

static int make_folder(const char *path)
{
	return mkdir(path, FOLDER_MODE) < 0 && errno != EEXIST ? -errno : 0;
}

static int pin(const char *path, int fd)
{
	struct object_pin_args args = {.pathname = address_of(path), .bpf_fd = (uint32_t)fd};

	return system_bpf(CMD_OBJ_PIN, &args, OBJECT_PIN_SIZE);
}

int pin_link(const struct manifest_program *program, const char *name, int fd)
{
	char path[PIN_PATH_SIZE];
	int error;

	snprintf(path, sizeof(path), PIN_ROOT "/%s", program->name);
	error = make_folder(path);
	if (error < 0)
		return error;
	pin_path(path, program, name);
	return pin(path, fd);
}

int pin_map(const struct manifest_program *program, const char *name, int fd)
{
	char path[PIN_PATH_SIZE];
	int error;

	snprintf(path, sizeof(path), PIN_ROOT "/%s", program->name);
	error = make_folder(path);
	if (error < 0)
		return error;
	snprintf(path, sizeof(path), PIN_ROOT "/%s/maps", program->name);
	error = make_folder(path);
	if (error < 0)
		return error;
	snprintf(path, sizeof(path), PIN_ROOT "/%s/maps/%s", program->name, name);
	return pin(path, fd);
}

void pins_remove(const struct manifest_program *program)
{
	char path[PIN_PATH_SIZE];

	for (unsigned i = 0; i < program->link_count; i++) {
		pin_path(path, program, program->links[i].name);
		unlink(path);
	}
	for (unsigned i = 0; i < program->map_count; i++) {
		snprintf(path, sizeof(path), PIN_ROOT "/%s/maps/%s", program->name, program->maps[i].name);
		if (program->maps[i].pinned)
			unlink(path);
	}
	snprintf(path, sizeof(path), PIN_ROOT "/%s/maps", program->name);
	rmdir(path);
	snprintf(path, sizeof(path), PIN_ROOT "/%s", program->name);
	rmdir(path);
}
