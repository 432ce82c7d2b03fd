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
	NR_OPEN_TREE = 428,
	NR_MOVE_MOUNT = 429,
	NR_FSOPEN = 430,
	NR_FSCONFIG = 431,
	NR_FSMOUNT = 432,
	NR_FSPICK = 433,
	NR_MOUNT_SETATTR = 442,
	OPEN_TREE_CLONE_IT = 1,
	RECURSIVE = 0x8000,
	MOVE_FROM_EMPTY_PATH = 4,
	MOVE_SET_GROUP = 0x100,
	MOVE_BENEATH = 0x200,
	CONFIG_SET_FLAG = 0,
	CONFIG_CREATE = 6,
	CONFIG_RECONFIGURE = 7,
	PATH_SIZE = 256,
};

struct mount_attributes {
	uint64_t set, clear, propagation, userns;
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

/* From here on the pins lie below the covered root, and only a view of them has a path. */

/* The namespace's topmost mount is where setns(2) leads: without the cover that is the initramfs. */
static int uncover(const struct scene *scene)
{
	int ns = open("/proc/self/ns/mnt", O_RDONLY);
	int error = umount_with("/", MNT_DETACH);

	if (error == 0)
		error = result_of(syscall(SYS_setns, ns, 0L));
	return error < 0 ? error : result_of(access(scene->guarded ? "/bpfseal" : "/", F_OK));
}

/* Private, so that the system keeps its mounts. */
static int uncovered_namespace(void)
{
	int ns, error;

	if (unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
		return -errno;
	ns = open("/proc/self/ns/mnt", O_RDONLY);
	error = umount_with("/", MNT_DETACH);
	return error < 0 ? error : result_of(syscall(SYS_setns, ns, 0L));
}

static int uncover_copy_and_unlink(const struct scene *scene)
{
	int error = uncovered_namespace();

	(void)scene;
	return error < 0 ? error : result_of(unlink("/bpfseal/lsm-observers/open"));
}

static int uncover_copy_and_umount(const struct scene *scene)
{
	int error = uncovered_namespace();

	(void)scene;
	if (error == 0)
		error = umount_with("/bpfseal", MNT_DETACH);
	return error < 0 ? error : result_of(rmdir("/bpfseal"));
}

/* What left one link of eighteen where nothing kept the cover in place. */
static int uncover_share_and_umount(const struct scene *scene)
{
	struct mount_attributes shared = {.propagation = MS_SHARED};
	int ns = open("/proc/self/ns/mnt", O_RDONLY);
	int error = umount_with("/", MNT_DETACH);

	(void)scene;
	if (error == 0)
		error = result_of(syscall(SYS_setns, ns, 0L));
	if (error == 0)
		error = result_of(syscall(NR_MOUNT_SETATTR, AT_FDCWD, "/", (long)RECURSIVE, &shared, sizeof(shared)));
	if (error == 0)
		error = umount_with("/bpfseal", MNT_DETACH);
	return error;
}

static int through_kernel_thread(const struct scene *scene)
{
	return result_of(access(scene->guarded ? "/proc/2/root/bpfseal" : "/proc/self/root", F_OK));
}

static int through_init(const struct scene *scene)
{
	return result_of(access(scene->guarded ? "/proc/1/root/bpfseal" : "/proc/1/root", F_OK));
}

static int through_init_cwd(const struct scene *scene)
{
	return result_of(access(scene->guarded ? "/proc/1/cwd/bpfseal" : "/proc/1/cwd", F_OK));
}

static int through_open_tree(const struct scene *scene)
{
	int fd = (int)syscall(NR_OPEN_TREE, AT_FDCWD, "/..", (long)(OPEN_TREE_CLONE_IT | RECURSIVE));

	return result_of(faccessat(fd, scene->guarded ? "bpfseal" : ".", F_OK, 0));
}

static int umount_view(const struct scene *scene)
{
	return umount_with(scene->pins, MNT_DETACH);
}

static int share_view_and_umount(const struct scene *scene)
{
	struct mount_attributes shared = {.propagation = MS_SHARED};

	(void)scene;
	syscall(NR_MOUNT_SETATTR, AT_FDCWD, "/", (long)RECURSIVE, &shared, sizeof(shared));
	mkdir("/tmp/v", 0700);
	mount("/", "/tmp/v", NULL, MS_BIND | MS_REC, NULL);
	return umount_with("/tmp/v", MNT_DETACH);
}

static int remount_view(const struct scene *scene)
{
	return result_of(mount(NULL, scene->pins, NULL, MS_REMOUNT | MS_RDONLY, NULL));
}

/* These leave an unguarded system as it was ... */
const struct attack reach_attacks[] = {
	{.name = "uncover-and-setns", .run = uncover, .aim = AIM_ACT},
	{.name = "reach-through-kernel-thread", .run = through_kernel_thread, .aim = AIM_ACT},
	{.name = "reach-through-init-root", .run = through_init, .aim = AIM_ACT},
	{.name = "reach-through-init-cwd", .run = through_init_cwd, .aim = AIM_ACT},
	{.name = "reach-through-open-tree", .run = through_open_tree, .aim = AIM_ACT},
	{.name = "remount-superblock-by-view", .run = remount_view, .aim = AIM_ACT},
	{.name = NULL},
};

/* ... these without what the initramfs holds ... */
const struct attack cover_attacks[] = {
	{.name = "uncover-share-and-umount", .run = uncover_share_and_umount, .aim = AIM_ACT},
	{.name = "uncover-copy-and-unlink", .run = uncover_copy_and_unlink, .aim = AIM_ACT},
	{.name = "uncover-copy-and-rmdir", .run = uncover_copy_and_umount, .aim = AIM_ACT},
	{.name = NULL},
};

/* ... and these any system without mounts of its own. */
const struct attack view_attacks[] = {
	{.name = "umount-of-view-is-harmless", .run = umount_view, .aim = AIM_NOTHING},
	{.name = "share-everything-and-umount-is-harmless", .run = share_view_and_umount, .aim = AIM_NOTHING},
	{.name = NULL},
};
