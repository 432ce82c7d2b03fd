// SPDX-License-Identifier: Apache-2.0
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "attack.h"

enum {
	PATH_SIZE = 256,
	NR_OPEN_TREE = 428,
	NR_MOVE_MOUNT = 429,
	OPEN_TREE_CLONE_IT = 1,
	MOVE_FROM_EMPTY_PATH = 4,
	FILE_ID_ONLY = 0x200,
};

static const char *folder_of(const char *path, char out[PATH_SIZE])
{
	snprintf(out, PATH_SIZE, "%s", path);
	*strrchr(out, '/') = '\0';
	return out;
}

static const char *beside(const char *path, const char *name, char out[PATH_SIZE])
{
	char folder[PATH_SIZE];

	snprintf(out, PATH_SIZE, "%.120s/%s", folder_of(path, folder), name);
	return out;
}

static int unlink_pin(const struct scene *scene)
{
	return result_of(unlink(scene->pin));
}

static int unlink_detachable(const struct scene *scene)
{
	return result_of(unlink(scene->detachable));
}

static int unlink_by_folder_fd(const struct scene *scene)
{
	char folder[PATH_SIZE];
	int fd = open(folder_of(scene->pin, folder), O_PATH | O_DIRECTORY);

	return result_of(unlinkat(fd, strrchr(scene->pin, '/') + 1, 0));
}

static int rename_away(const struct scene *scene)
{
	char target[PATH_SIZE];

	return result_of(rename(scene->pin, beside(scene->pin, "away", target)));
}

static int rename_over(const struct scene *scene)
{
	return result_of(rename(scene->other, scene->pin));
}

static int exchange(const struct scene *scene)
{
	return result_of(syscall(SYS_renameat2, AT_FDCWD, scene->pin, AT_FDCWD, scene->other, 2L));
}

static int rename_folder(const struct scene *scene)
{
	char from[PATH_SIZE], to[PATH_SIZE];

	folder_of(scene->pin, from);
	return result_of(rename(from, beside(from, "elsewhere", to)));
}

static int hard_link(const struct scene *scene)
{
	char target[PATH_SIZE];
	int error = result_of(link(scene->pin, beside(scene->pin, "second", target)));
	int second = unlink(target);

	error = unlink(scene->pin) < 0 || second < 0 ? -errno : error;
	return error;
}

static int unlink_through_bind(const struct scene *scene)
{
	char folder[PATH_SIZE], path[PATH_SIZE];

	mkdir("/tmp/bind", 0700);
	if (mount(folder_of(scene->pin, folder), "/tmp/bind", NULL, MS_BIND, NULL) < 0)
		return -errno;
	snprintf(path, sizeof(path), "/tmp/bind%s", strrchr(scene->pin, '/'));
	return result_of(unlink(path));
}

static int unlink_in_namespace(const struct scene *scene)
{
	if (unshare(CLONE_NEWNS) < 0)
		return -errno;
	return result_of(unlink(scene->pin));
}

static int remove_tree(const struct scene *scene)
{
	char folder[PATH_SIZE], path[2 * PATH_SIZE];
	DIR *directory = opendir(folder_of(scene->pin, folder));
	struct dirent *entry;
	int error = 0;

	while (directory != NULL && (entry = readdir(directory)) != NULL) {
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		if (entry->d_name[0] != '.' && unlink(path) < 0)
			error = -errno;
	}
	return rmdir(folder) < 0 && error == 0 ? -errno : error;
}

static int unlink_guard(const struct scene *scene)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "%s/guard/guard_unlink", scene->pins);
	return result_of(unlink(scene->guarded ? path : scene->pin));
}

static int unlink_status(const struct scene *scene)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "%s/guard/guard_status", scene->pins);
	return result_of(unlink(scene->guarded ? path : scene->pin));
}

static int unlink_command(const struct scene *scene)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "%s/guard/guard_command", scene->pins);
	return result_of(unlink(scene->guarded ? path : scene->pin));
}

static int pin_again_and_unlink(const struct scene *scene)
{
	char target[PATH_SIZE];
	struct object_pin_args args = {.pathname = address_of(beside(scene->pin, "again", target))};

	int error;

	args.bpf_fd = (uint32_t)get_pin(scene->pin);
	error = system_bpf(CMD_OBJ_PIN, &args, OBJECT_PIN_SIZE);
	/* Where it is refused the second pin stays. */
	if (error < 0 && error != -EEXIST)
		return -EIO;
	close((int)args.bpf_fd);
	if (unlink(target) < 0)
		return -errno;
	return result_of(unlink(scene->pin));
}

/* A mount that is the attacker's own. */
static int unlink_in_copied_tree(const struct scene *scene)
{
	char folder[PATH_SIZE], path[PATH_SIZE];
	int fd = (int)syscall(NR_OPEN_TREE, AT_FDCWD, folder_of(scene->pin, folder), (long)OPEN_TREE_CLONE_IT);

	mkdir("/tmp/copy", 0700);
	if (syscall(NR_MOVE_MOUNT, fd, "", AT_FDCWD, "/tmp/copy", (long)MOVE_FROM_EMPTY_PATH) < 0)
		return -errno;
	snprintf(path, sizeof(path), "/tmp/copy%s", strrchr(scene->pin, '/'));
	return result_of(unlink(path));
}

/* The kernel gives out handles of pins, for comparing, but opens none. */
static int open_by_handle(const struct scene *scene)
{
	struct {
		struct file_handle head;
		uint8_t bytes[MAX_HANDLE_SZ];
	} handle = {.head.handle_bytes = MAX_HANDLE_SZ};
	int mount_id;

	if (name_to_handle_at(AT_FDCWD, scene->pin, &handle.head, &mount_id, FILE_ID_ONLY) < 0)
		return -errno;
	return result_of(open_by_handle_at(open(scene->pins, O_RDONLY | O_DIRECTORY), &handle.head, O_RDONLY));
}

const struct attack pin_attacks[] = {
	{.name = "unlink", .run = unlink_pin, .aim = AIM_LINK},
	{.name = "unlink-cgroup-link", .run = unlink_detachable, .aim = AIM_ACT},
	{.name = "unlink-by-folder-fd", .run = unlink_by_folder_fd, .aim = AIM_LINK},
	{.name = "unlink-through-bind-mount", .run = unlink_through_bind, .aim = AIM_LINK},
	{.name = "unlink-in-copied-tree", .run = unlink_in_copied_tree, .aim = AIM_LINK},
	{.name = "open-by-handle-is-futile", .run = open_by_handle, .aim = AIM_ACT},
	{.name = "unlink-in-own-namespace", .run = unlink_in_namespace, .aim = AIM_LINK},
	{.name = "unlink-after-second-pin", .run = pin_again_and_unlink, .aim = AIM_LINK},
	{.name = "hard-link-then-unlink-both", .run = hard_link, .aim = AIM_LINK},
	{.name = "remove-folder-tree", .run = remove_tree, .aim = AIM_LINK},
	{.name = "unlink-guard-pin", .run = unlink_guard, .aim = AIM_ACT},
	{.name = "unlink-status-pin", .run = unlink_status, .aim = AIM_ACT},
	{.name = "unlink-command-pin", .run = unlink_command, .aim = AIM_ACT},
	{.name = "rename-away", .run = rename_away, .aim = AIM_ACT},
	{.name = "rename-over", .run = rename_over, .aim = AIM_LINK},
	{.name = "rename-exchange", .run = exchange, .aim = AIM_ACT},
	{.name = "rename-folder", .run = rename_folder, .aim = AIM_ACT},
	{.name = NULL},
};
