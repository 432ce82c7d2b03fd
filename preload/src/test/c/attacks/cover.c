// SPDX-License-Identifier: Apache-2.0
/* Once the system's root covers the initramfs' the pins lie below it, and only a view of them has a path. */
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
	NR_FSCONFIG = 431,
	NR_FSPICK = 433,
	NR_MOUNT_SETATTR = 442,
	OPEN_TREE_CLONE_IT = 1,
	RECURSIVE = 0x8000,
	CONFIG_SET_STRING = 1,
	CONFIG_RECONFIGURE = 7,
};

struct mount_attributes {
	uint64_t set, clear, propagation, userns;
};

static int umount_with(const char *path, int flags)
{
	return result_of(umount2(path, flags));
}

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

/* umount(2) of the caller's own root makes its superblock read-only. */
static int umount_as_root(const struct scene *scene)
{
	return chroot(scene->pins) < 0 || chdir("/") < 0 ? -errno : umount_with("/", 0);
}

/* So that others than root could be given leave to use bpf(2) through it. */
static int delegate(const struct scene *scene)
{
	int fd = (int)syscall(NR_FSPICK, AT_FDCWD, scene->pins, 0L);

	syscall(NR_FSCONFIG, fd, (long)CONFIG_SET_STRING, "delegate_cmds", "any", 0L);
	return result_of(syscall(NR_FSCONFIG, fd, (long)CONFIG_RECONFIGURE, NULL, NULL, 0L));
}

/* These leave an unguarded system as it was ... */
const struct attack reach_attacks[] = {
	{.name = "uncover-and-setns", .run = uncover, .aim = AIM_ACT},
	{.name = "reach-through-kernel-thread", .run = through_kernel_thread, .aim = AIM_ACT},
	{.name = "reach-through-init-root", .run = through_init, .aim = AIM_ACT},
	{.name = "reach-through-init-cwd", .run = through_init_cwd, .aim = AIM_ACT},
	{.name = "reach-through-open-tree", .run = through_open_tree, .aim = AIM_ACT},
	{.name = "remount-superblock-by-view", .run = remount_view, .aim = AIM_ACT},
	{.name = "umount-as-root-of-view", .run = umount_as_root, .aim = AIM_ACT},
	{.name = "delegate-by-view", .run = delegate, .aim = AIM_ACT},
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
