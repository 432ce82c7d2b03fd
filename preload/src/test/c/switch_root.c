// SPDX-License-Identifier: Apache-2.0
/*
 * The next program of an image for a whole system: mounts the disk as the new root, copies what the image has below /system
 * into it, moves it over the initramfs as switch_root does, and becomes its init.
 */
#define _XOPEN_SOURCE 700
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

#define DISK "/dev/nvme0n1"
#define SOURCE "/system"
#define ROOT "/root"

enum { PATH_SIZE = 512, OPEN_FOLDERS = 8, WAIT_MS = 30000, STEP_MS = 20 };

static void or_stop(int result, const char *what)
{
	if (result >= 0)
		return;
	perror(what);
	/* The kernel panics when its process 1 ends. */
	_exit(1);
}

static int copy(const char *path, const struct stat *status, int kind, struct FTW *walk)
{
	char target[PATH_SIZE];
	int from, to;

	(void)walk;
	snprintf(target, sizeof(target), ROOT "%s", path + strlen(SOURCE));
	if (kind == FTW_D) {
		mkdir(target, 0755);
		return 0;
	}
	from = open(path, O_RDONLY | O_CLOEXEC);
	to = open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, status->st_mode & 0777);
	or_stop(to, target);
	or_stop((int)sendfile(to, from, NULL, (size_t)status->st_size), path);
	close(from);
	close(to);
	return 0;
}

static void wait_for_disk(void)
{
	for (int waited = 0; waited < WAIT_MS && access(DISK, F_OK) < 0; waited += STEP_MS)
		usleep(STEP_MS * 1000);
}

int main(void)
{
	static char *const init[] = {"/sbin/init", NULL};

	mkdir("/dev", 0755);
	mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
	wait_for_disk();
	mkdir(ROOT, 0755);
	or_stop(mount(DISK, ROOT, "ext4", 0, NULL), DISK);
	or_stop(nftw(SOURCE, copy, OPEN_FOLDERS, FTW_PHYS), SOURCE);
	umount2("/dev", MNT_DETACH);
	/* Without a guard nobody has mounted it. */
	mount("/run", ROOT "/run", NULL, MS_MOVE, NULL);
	or_stop(chdir(ROOT), ROOT);
	or_stop(mount(".", "/", NULL, MS_MOVE, NULL), "switch_root");
	or_stop(chroot("."), "chroot");
	or_stop(chdir("/"), "/");
	execv(init[0], init);
	perror(init[0]);
	return 1;
}
