// SPDX-License-Identifier: Apache-2.0
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

/* Same numbers on every architecture. */
enum {
	NR_MOVE_MOUNT = 429,
	NR_FSOPEN = 430,
	NR_FSCONFIG = 431,
	NR_FSMOUNT = 432,
	NR_FSPICK = 433,
	MOVE_FROM_EMPTY_PATH = 4,
	MOVE_SET_GROUP = 0x100,
	MOVE_BENEATH = 0x200,
	CONFIG_SET_FLAG = 0,
	CONFIG_CREATE = 6,
	CONFIG_RECONFIGURE = 7,
	PATH_SIZE = 256,
};

static int umount_with(const char *path, int flags)
{
	return result_of(umount2(path, flags));
}

static int umount_plain(const struct scene *scene)
{
	return umount_with(scene->pins, 0);
}

static int umount_lazy(const struct scene *scene)
{
	return umount_with(scene->pins, MNT_DETACH);
}

static int umount_force(const struct scene *scene)
{
	return umount_with(scene->pins, MNT_FORCE);
}

static int umount_expire(const struct scene *scene)
{
	umount_with(scene->pins, MNT_EXPIRE);
	return umount_with(scene->pins, MNT_EXPIRE);
}

static int umount_parent(const struct scene *scene)
{
	return umount_with(scene->parent, MNT_DETACH);
}

static int remount(const struct scene *scene)
{
	return result_of(mount(NULL, scene->pins, NULL, MS_REMOUNT | MS_RDONLY, NULL));
}

static int reconfigure(const struct scene *scene)
{
	int fd = (int)syscall(NR_FSPICK, AT_FDCWD, scene->pins, 0L);

	syscall(NR_FSCONFIG, fd, (long)CONFIG_SET_FLAG, "ro", NULL, 0L);
	return result_of(syscall(NR_FSCONFIG, fd, (long)CONFIG_RECONFIGURE, NULL, NULL, 0L));
}

static int mount_over(const struct scene *scene)
{
	return result_of(mount("tmpfs", scene->pins, "tmpfs", 0, NULL));
}

static int bind_over(const struct scene *scene)
{
	return result_of(mount("/tmp", scene->pins, NULL, MS_BIND, NULL));
}

static int new_mount(void)
{
	int fd = (int)syscall(NR_FSOPEN, "tmpfs", 0L);

	syscall(NR_FSCONFIG, fd, (long)CONFIG_CREATE, NULL, NULL, 0L);
	return (int)syscall(NR_FSMOUNT, fd, 0L, 0L);
}

static int fsmount_over(const struct scene *scene)
{
	return result_of(syscall(NR_MOVE_MOUNT, new_mount(), "", AT_FDCWD, scene->pins, (long)MOVE_FROM_EMPTY_PATH));
}

static int mount_beneath(const struct scene *scene)
{
	return result_of(syscall(NR_MOVE_MOUNT, new_mount(), "", AT_FDCWD, scene->pins,
				 (long)(MOVE_FROM_EMPTY_PATH | MOVE_BENEATH)));
}

static int move_away(const struct scene *scene)
{
	mkdir("/tmp/away", 0700);
	return result_of(syscall(NR_MOVE_MOUNT, AT_FDCWD, scene->pins, AT_FDCWD, "/tmp/away", 0L));
}

static int set_group(const struct scene *scene)
{
	mkdir("/tmp/group", 0700);
	mount("tmpfs", "/tmp/group", "tmpfs", 0, NULL);
	mount(NULL, "/tmp/group", NULL, MS_SHARED, NULL);
	return result_of(syscall(NR_MOVE_MOUNT, AT_FDCWD, "/tmp/group", AT_FDCWD, scene->pins, (long)MOVE_SET_GROUP)) == -EPERM ?
		       -EPERM :
		       0;
}

static int make_shared(const struct scene *scene)
{
	return result_of(mount(NULL, scene->pins, NULL, MS_SHARED, NULL));
}

static int make_slave(const struct scene *scene)
{
	return result_of(mount(NULL, scene->pins, NULL, MS_SLAVE, NULL));
}

static int make_parent_shared(const struct scene *scene)
{
	return result_of(mount(NULL, scene->parent, NULL, MS_SHARED | MS_REC, NULL));
}

/* The lazy umount of a clone takes the pins along by propagation: no hook sees their own mount. */
static int umount_clone_of_shared_parent(const struct scene *scene)
{
	char below[PATH_SIZE];

	mkdir("/tmp/clone", 0700);
	if (mount("tmpfs", "/tmp/clone", "tmpfs", 0, NULL) < 0 || mount(NULL, "/tmp/clone", NULL, MS_PRIVATE, NULL) < 0)
		return -errno;
	mkdir("/tmp/clone/c", 0700);
	if (mount(NULL, scene->parent, NULL, MS_SHARED, NULL) < 0)
		return -errno;
	if (mount(scene->parent, "/tmp/clone/c", NULL, MS_BIND | MS_REC, NULL) < 0)
		return -errno;
	snprintf(below, sizeof(below), "/tmp/clone/c%s", scene->pins + (strcmp(scene->parent, "/") == 0 ? 0 : strlen(scene->parent)));
	return result_of(umount2(below, MNT_DETACH));
}

static int without_clone(const struct scene *scene)
{
	return unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
			       umount2(scene->pins, MNT_DETACH) < 0 ?
		       -errno :
		       0;
}

/* In another namespace it's no mountpoint any more, and removing it detaches what is mounted there everywhere. */
static int rmdir_mountpoint(const struct scene *scene)
{
	int error = without_clone(scene);

	return error < 0 ? error : result_of(rmdir(scene->pins));
}

static int rename_over_mountpoint(const struct scene *scene)
{
	char folder[PATH_SIZE];
	int error = without_clone(scene);

	if (error < 0)
		return error;
	snprintf(folder, sizeof(folder), "%s-new", scene->pins);
	mkdir(folder, 0700);
	return result_of(rename(folder, scene->pins));
}

static int rename_mountpoint(const struct scene *scene)
{
	char folder[PATH_SIZE];
	int error = without_clone(scene);

	if (error < 0)
		return error;
	snprintf(folder, sizeof(folder), "%s-old", scene->pins);
	return result_of(rename(scene->pins, folder));
}

const struct attack mount_attacks[] = {
	{.name = "umount", .run = umount_plain, .aim = AIM_LINK},
	{.name = "umount-lazy", .run = umount_lazy, .aim = AIM_LINK},
	{.name = "umount-force", .run = umount_force, .aim = AIM_LINK},
	{.name = "umount-expire", .run = umount_expire, .aim = AIM_LINK},
	{.name = "umount-lazy-of-parent", .run = umount_parent, .aim = AIM_LINK},
	{.name = "remount-read-only", .run = remount, .aim = AIM_ACT},
	{.name = "fspick-reconfigure", .run = reconfigure, .aim = AIM_ACT},
	{.name = "mount-over", .run = mount_over, .aim = AIM_ACT},
	{.name = "bind-mount-over", .run = bind_over, .aim = AIM_ACT},
	{.name = "fsmount-over", .run = fsmount_over, .aim = AIM_ACT},
	{.name = "mount-beneath", .run = mount_beneath, .aim = AIM_ACT},
	{.name = "move-mount-away", .run = move_away, .aim = AIM_ACT},
	{.name = "move-mount-set-group", .run = set_group, .aim = AIM_ACT},
	{.name = "make-shared", .run = make_shared, .aim = AIM_ACT},
	{.name = "make-slave", .run = make_slave, .aim = AIM_ACT},
	{.name = "make-parent-shared", .run = make_parent_shared, .aim = AIM_ACT},
	{.name = "umount-clone-of-shared-parent", .run = umount_clone_of_shared_parent, .aim = AIM_LINK},
	{.name = "rmdir-mountpoint-in-own-namespace", .run = rmdir_mountpoint, .aim = AIM_LINK},
	{.name = "rename-over-mountpoint-in-own-namespace", .run = rename_over_mountpoint, .aim = AIM_LINK},
	{.name = "rename-mountpoint-in-own-namespace", .run = rename_mountpoint, .aim = AIM_ACT},
	{.name = NULL},
};
