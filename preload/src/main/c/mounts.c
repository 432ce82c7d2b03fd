// SPDX-License-Identifier: Apache-2.0
#include "mounts.h"

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/mount.h>
#include <sys/stat.h>

static const struct {
	const char *path, *type, *options;
	unsigned long flags;
} mounts[MOUNT_KINDS] = {
	[MOUNT_DEV] = {"/dev", "devtmpfs", "mode=0755", MS_NOSUID},
	[MOUNT_PROC] = {"/proc", "proc", NULL, MS_NOSUID | MS_NODEV | MS_NOEXEC},
	[MOUNT_SYS] = {"/sys", "sysfs", NULL, MS_NOSUID | MS_NODEV | MS_NOEXEC},
	[MOUNT_PINS] = {PIN_ROOT, "bpf", "mode=0700", MS_NOSUID | MS_NODEV | MS_NOEXEC},
	[MOUNT_TRACING] = {TRACING_ROOT, "tracefs", NULL, MS_NOSUID | MS_NODEV | MS_NOEXEC},
	[MOUNT_SECURITY] = {SECURITY_ROOT, "securityfs", NULL, MS_NOSUID | MS_NODEV | MS_NOEXEC},
	[MOUNT_CGROUP] = {CGROUP_ROOT, "cgroup2", NULL, MS_NOSUID | MS_NODEV | MS_NOEXEC},
};

static bool mounted[MOUNT_KINDS];
static enum mount_kind order[MOUNT_KINDS];
static unsigned mounted_count;

const char *mount_path(enum mount_kind kind)
{
	return mounts[kind].path;
}

int mount_needed(enum mount_kind kind)
{
	if (mounted[kind])
		return 0;
	if (mkdir(mounts[kind].path, kind == MOUNT_PINS ? 0700 : 0755) < 0 && errno != EEXIST)
		return -errno;
	if (mount(mounts[kind].type, mounts[kind].path, mounts[kind].type, mounts[kind].flags, mounts[kind].options) < 0)
		return errno == EBUSY && kind != MOUNT_PINS ? 0 : -errno;
	mounted[kind] = true;
	order[mounted_count++] = kind;
	return 0;
}

int mount_view(void)
{
	static const char *const folders[] = {"/run", "/run/initramfs", VIEW_ROOT};
	struct stat run, root;

	if (mkdir(folders[0], 0755) < 0 && errno != EEXIST)
		return -errno;
	if (stat(folders[0], &run) < 0 || stat("/", &root) < 0)
		return -errno;
	/* The system that follows takes over a /run that is mounted already. */
	if (run.st_dev == root.st_dev && mount("tmpfs", folders[0], "tmpfs", MS_NOSUID | MS_NODEV, "mode=0755") < 0)
		return -errno;
	for (unsigned i = 1; i < sizeof(folders) / sizeof(folders[0]); i++) {
		if (mkdir(folders[i], 0755) < 0 && errno != EEXIST)
			return -errno;
	}
	return mount(PIN_ROOT, VIEW_ROOT, NULL, MS_BIND, NULL) < 0 ? -errno : 0;
}

void mounts_release(void)
{
	while (mounted_count > 0) {
		enum mount_kind kind = order[--mounted_count];

		if (kind == MOUNT_PINS)
			continue;
		/* A console that was opened in /dev keeps it busy; then it only leaves the tree of names. */
		if (umount2(mounts[kind].path, UMOUNT_NOFOLLOW) < 0)
			umount2(mounts[kind].path, UMOUNT_NOFOLLOW | MNT_DETACH);
		mounted[kind] = false;
	}
}
