// SPDX-License-Identifier: Apache-2.0
/*
 * What system calls cost without the guard and with it, in one boot. As the first process it measures, then becomes the boot
 * loader; as the loader's next program it measures again and prints the comparison:
 *
 *	bpfseal-cost: start MILLISECONDS		what the kernel took until it started this program
 *	bpfseal-cost: NAME LEAST LEAST MEDIAN MEDIAN	for each kind of call, without and with the guard
 *	bpfseal-cost: end
 *
 * The numbers are the least and the median of several rounds, in nanoseconds of processor time for one turn; these are
 * instructions where the emulator's clock counts them (QEMU's -icount shift=0). The least is the better one: what else the
 * kernel does meanwhile, and the state that its allocators happen to be in, only adds.
 */
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/random.h>
#include <sys/reboot.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "system.h"

enum { ROUNDS = 15, ROUNDS_QUICK = 5, SETTLE_SECONDS = 2, CMD_MAP_LOOKUP = 1 };

#define LOADER "/usr/lib/bpfseal/init"
#define SELF "/sbin/next"
#define WITHOUT "/without"
#define WITH "/with"

static int map_fd;

static void get_parent(void)
{
	getppid();
}

static void stat_file(void)
{
	struct stat status;

	stat(SELF, &status);
}

static void open_close(void)
{
	close(open(SELF, O_RDONLY));
}

static void open_to_write(void)
{
	close(open("/tmp/w", O_WRONLY | O_CREAT, 0600));
}

static void create_unlink(void)
{
	close(open("/tmp/file", O_WRONLY | O_CREAT | O_EXCL, 0600));
	unlink("/tmp/file");
}

static void fork_exec(void)
{
	char *const command[] = {SELF, "child", NULL};
	pid_t child = fork();

	if (child == 0) {
		execv(command[0], command);
		_exit(1);
	}
	waitpid(child, NULL, 0);
}

static void mount_umount(void)
{
	mount("tmpfs", "/tmp/m", "tmpfs", 0, NULL);
	umount2("/tmp/m", 0);
}

static void look_up(void)
{
	uint32_t key = 0, value;
	uint64_t args[4] = {(uint32_t)map_fd, address_of(&key), address_of(&value), 0};

	system_bpf((enum bpf_command)CMD_MAP_LOOKUP, args, sizeof(args));
}

static const struct act {
	const char *name;
	void (*turn)(void);
	unsigned turns;
} acts[] = {
	{"getppid", get_parent, 2000},
	{"stat", stat_file, 1000},
	{"open+close", open_close, 1000},
	{"open+close-to-write", open_to_write, 1000},
	{"create+unlink", create_unlink, 200},
	{"fork+exec", fork_exec, 40},
	{"mount+umount-in-a-namespace", mount_umount, 40},
	{"map-lookup", look_up, 2000},
};
enum { ACTS = sizeof(acts) / sizeof(acts[0]) };

struct measured {
	long long spent[ACTS][ROUNDS];
};

/* Processor time of this process and of children that it has waited for. */
static long long now(void)
{
	struct timespec own;
	struct rusage children;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &own);
	getrusage(RUSAGE_CHILDREN, &children);
	return own.tv_sec * 1000000000LL + own.tv_nsec +
	       (children.ru_utime.tv_sec + children.ru_stime.tv_sec) * 1000000000LL +
	       (children.ru_utime.tv_usec + children.ru_stime.tv_usec) * 1000LL;
}

static long long one_round(const struct act *act)
{
	long long start = now();

	for (unsigned i = 0; i < act->turns; i++)
		act->turn();
	return (now() - start) / act->turns;
}

static int by_size(const void *a, const void *b)
{
	long long left = *(const long long *)a, right = *(const long long *)b;

	return left < right ? -1 : left > right;
}

/* All acts in turn, then all again: what changes in the machine meanwhile meets each of them. */
static void measure(struct measured *out, unsigned rounds)
{
	struct map_create_args args = {.map_type = MAP_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1};

	map_fd = system_bpf(CMD_MAP_CREATE, &args, MAP_CREATE_SIZE_BEFORE_6_18);
	for (unsigned round = 0; round < rounds; round++) {
		for (unsigned i = 0; i < ACTS; i++)
			out->spent[i][round] = one_round(&acts[i]);
	}
	for (unsigned i = 0; i < ACTS; i++)
		qsort(out->spent[i], rounds, sizeof(long long), by_size);
}

/* In a child process with mounts of its own. */
static void measure_apart(const char *path, unsigned rounds)
{
	static struct measured measured;
	pid_t child = fork();

	if (child == 0) {
		int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);

		if (fd < 0 || unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
			perror(path);
		sleep(SETTLE_SECONDS);
		measure(&measured, rounds);
		if (write(fd, &measured, sizeof(measured)) < 0)
			perror(path);
		_exit(0);
	}
	waitpid(child, NULL, 0);
}

static void read_back(const char *path, struct measured *out)
{
	int fd = open(path, O_RDONLY);

	if (fd < 0 || read(fd, out, sizeof(*out)) != sizeof(*out))
		perror(path);
	close(fd);
}

static void print_all(unsigned rounds)
{
	static struct measured without, with;

	read_back(WITHOUT, &without);
	read_back(WITH, &with);
	for (unsigned i = 0; i < ACTS; i++) {
		const long long *one = without.spent[i], *other = with.spent[i];

		printf("bpfseal-cost: %s %lld %lld %lld %lld\n", acts[i].name, one[0], other[0], one[rounds / 2],
		       other[rounds / 2]);
	}
	printf("bpfseal-cost: end\n");
	fflush(stdout);
	tcdrain(STDOUT_FILENO);
}

static void measure_without(unsigned rounds)
{
	struct timespec boot;
	unsigned entropy;

	clock_gettime(CLOCK_BOOTTIME, &boot);
	printf("bpfseal-cost: start %lld\n", boot.tv_sec * 1000LL + boot.tv_nsec / 1000000);
	/* As long as it has no entropy the kernel's random numbers cost more, and each inode takes one. */
	getrandom(&entropy, sizeof(entropy), 0);
	measure_apart(WITHOUT, rounds);
	fflush(stdout);
}

int main(int count, char **arguments)
{
	/* A word of the kernel's command line that it doesn't know becomes an argument of process 1. */
	unsigned rounds = count > 1 && strcmp(arguments[count - 1], "quick") == 0 ? ROUNDS_QUICK : ROUNDS;

	if (count > 1 && strcmp(arguments[1], "child") == 0)
		return 0;
	mkdir("/tmp", 0700);
	mkdir("/tmp/m", 0700);
	if (access(WITHOUT, F_OK) < 0) {
		measure_without(rounds);
		execv(LOADER, arguments);
		perror(LOADER);
	}
	measure_apart(WITH, rounds);
	print_all(rounds);
	reboot(RB_POWER_OFF);
	return 0;
}
