// SPDX-License-Identifier: Apache-2.0
/* What the image's system is: a tmpfs with this program and what it loads. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "attack.h"

static void copy(const char *from, const char *to)
{
	static char bytes[1 << 20];
	size_t size = read_file(from, bytes, sizeof(bytes));
	int fd = open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0755);

	if (fd < 0 || write(fd, bytes, size) < 0)
		perror(to);
	close(fd);
}

static void mount_new_root(void)
{
	static const char *const folders[] = {"/new/proc", "/new/sys", "/new/dev", "/new/tmp", "/new/pins", "/new/loads"};

	static const char *const loads[] = {"/loads/own.insns", "/loads/own.sha256", "/loads/own.p7s", "/loads/own.der",
					    "/loads/good.p7s", "/loads/map.insns", "/loads/map.sha256", "/loads/map.p7s",
					    "/loads/release.der"};
	char target[64];

	mkdir("/new", 0755);
	mount("tmpfs", "/new", "tmpfs", 0, NULL);
	for (unsigned i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		mkdir(folders[i], 0755);
	copy("/sbin/next", "/new/attack");
	for (unsigned i = 0; i < sizeof(loads) / sizeof(loads[0]); i++) {
		snprintf(target, sizeof(target), "/new%s", loads[i]);
		copy(loads[i], target);
	}
	mount("proc", "/new/proc", "proc", 0, NULL);
	mount("sysfs", "/new/sys", "sysfs", 0, NULL);
	mount("cgroup2", "/new/sys/fs/cgroup", "cgroup2", 0, NULL);
	mount("devtmpfs", "/new/dev", "devtmpfs", 0, NULL);
	mount("/bpfseal", "/new/pins", NULL, MS_BIND, NULL);
}

/* As switch_root does it, in the process whose root the kernel's threads share. */
static void switch_root(bool quick)
{
	char *const command[] = {"/attack", "system", quick ? "quick" : NULL, NULL};

	if (chdir("/new") < 0 || mount(".", "/", NULL, MS_MOVE, NULL) < 0 || chroot(".") < 0 || chdir("/") < 0)
		perror("switch_root");
	execv(command[0], command);
	perror("attack");
}

void enter_new_root(bool quick)
{
	mount_new_root();
	switch_root(quick);
}
