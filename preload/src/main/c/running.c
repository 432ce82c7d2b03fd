// SPDX-License-Identifier: Apache-2.0
#include "running.h"

#include <dirent.h>
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "bpf_abi.h"
#include "guard_status.h"
#include "mounts.h"
#include "report.h"
#include "system.h"

enum { PATH_SIZE = 512, READ_ONLY = 1 << 3 };

static struct guard_status status;

static int info_of(int fd, void *info, uint32_t size)
{
	struct object_info_args query = {.bpf_fd = (uint32_t)fd, .info_len = size, .info = address_of(info)};

	return system_bpf(CMD_OBJ_GET_INFO_BY_FD, &query, OBJECT_INFO_SIZE);
}

static void print_prog(int fd)
{
	struct prog_info info = {0};
	char name[OBJECT_NAME_SIZE + 1] = "-";

	if (info_of(fd, &info, PROG_INFO_SIZE) < 0)
		return;
	if (info.name[0] != '\0')
		snprintf(name, sizeof(name), "%.*s", OBJECT_NAME_SIZE, info.name);
	printf("prog %" PRIu32 " %" PRIu32 " ", info.id, info.type);
	for (unsigned i = 0; i < sizeof(info.tag); i++)
		printf("%02x", info.tag[i]);
	printf(" %s\n", name);
}

static void print_link(int fd)
{
	struct link_info info = {0};

	if (info_of(fd, &info, LINK_INFO_SIZE) == 0)
		printf("link %" PRIu32 " %" PRIu32 " %" PRIu32 "\n", info.id, info.type, info.prog_id);
}

/* What ends meanwhile, and what the guard doesn't give out, is passed over. */
static int each(enum bpf_command next_id, enum bpf_command by_id, void (*print)(int fd))
{
	struct object_id_args next = {0};
	int error;

	while ((error = system_bpf(next_id, &next, OBJECT_ID_SIZE)) == 0) {
		struct object_id_args args = {.id = next.next_id};
		int fd = system_bpf(by_id, &args, OBJECT_ID_SIZE);

		next.id = next.next_id;
		if (fd < 0)
			continue;
		print(fd);
		close(fd);
	}
	return error == -ENOENT ? 0 : error;
}

static void print_guard(void)
{
	if (guard_status_read(&status) < 0) {
		puts("guard none");
		return;
	}
	printf("guard %s %s %s %" PRIu32 " %s %s\n", status.guard_carrier, status.manifest_carrier, status.programs_carrier,
	       status.version, status.loads, status.nonce);
}

static void print_holds(void)
{
	for (unsigned i = 0; i < status.link_count; i++) {
		const struct status_link *link = &status.links[i];

		printf("hold %" PRIu32 " %s %" PRId32 " %s\n", link->id, link->state, link->keyring, link->name);
	}
}

static void print_pin(const char *path, const char *program, const char *name, bool is_map)
{
	struct object_pin_args args = {.pathname = address_of(path), .file_flags = is_map ? READ_ONLY : 0};
	struct map_info map = {0};
	struct link_info link = {0};
	int fd = system_bpf(CMD_OBJ_GET, &args, OBJECT_PIN_SIZE);

	if (fd < 0)
		return;
	if (is_map && info_of(fd, &map, MAP_INFO_SIZE) == 0)
		printf("pin map %" PRIu32 " %s/%s\n", map.id, program, name);
	else if (!is_map && info_of(fd, &link, LINK_INFO_SIZE) == 0)
		printf("pin link %" PRIu32 " %s/%s\n", link.id, program, name);
	close(fd);
}

static void print_pins_in(const char *folder, const char *program, bool is_map)
{
	DIR *entries = opendir(folder);
	struct dirent *entry;
	char path[PATH_SIZE];

	while (entries != NULL && (entry = readdir(entries)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		if (snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name) >= (int)sizeof(path))
			continue;
		if (!is_map && strcmp(entry->d_name, "maps") == 0)
			print_pins_in(path, program, true);
		else
			print_pin(path, program, entry->d_name, is_map);
	}
	if (entries != NULL)
		closedir(entries);
}

static void print_pins(void)
{
	DIR *programs = opendir(VIEW_ROOT);
	struct dirent *program;
	char path[PATH_SIZE];

	while (programs != NULL && (program = readdir(programs)) != NULL) {
		if (program->d_name[0] == '.')
			continue;
		if (snprintf(path, sizeof(path), VIEW_ROOT "/%s", program->d_name) < (int)sizeof(path))
			print_pins_in(path, program->d_name, false);
	}
	if (programs != NULL)
		closedir(programs);
}

int running_print(void)
{
	struct utsname kernel;
	char release[sizeof(kernel.release)];
	int error;

	if (uname(&kernel) < 0)
		return -errno;
	report_value(release, sizeof(release), kernel.release);
	printf("bpfseal-inventory 1\nkernel %s\n", release);
	print_guard();
	error = each(CMD_PROG_GET_NEXT_ID, CMD_PROG_GET_FD_BY_ID, print_prog);
	if (error == 0)
		error = each(CMD_LINK_GET_NEXT_ID, CMD_LINK_GET_FD_BY_ID, print_link);
	if (error < 0)
		return error;
	print_holds();
	print_pins();
	puts("end");
	return 0;
}
