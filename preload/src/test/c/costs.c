// SPDX-License-Identifier: Apache-2.0
/*
 * What system calls cost without the guard and with it, in one boot. As the first process it has them measured, then becomes
 * the boot loader; as the loader's next program it has them measured again and prints the comparison:
 *
 *	bpfseal-cost: start MILLISECONDS		what the kernel took until it started this program
 *	bpfseal-cost: NAME LEAST LEAST MEDIAN MEDIAN	for each kind of call, without and with the guard
 *	bpfseal-cost: end
 *
 * The numbers are the least and the median of many samples, in ticks of the processor's time stamp counter for one turn;
 * these are instructions where the emulator's clock counts them (QEMU's -icount shift=0). The least is the better one: what
 * else the kernel does meanwhile, and the state that its allocators happen to be in, only adds.
 */
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/personality.h>
#include <sys/random.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "system.h"

enum { SAMPLES = 300, SAMPLES_QUICK = 40, START_SECONDS = 2, SETTLE_NANOSECONDS = 3000000, CMD_MAP_LOOKUP = 1 };

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
	unsigned turns;		/* of one sample */
} acts[] = {
	{"getppid", get_parent, 20},
	{"stat", stat_file, 10},
	{"open+close", open_close, 10},
	{"open+close-to-write", open_to_write, 10},
	{"create+unlink", create_unlink, 2},
	{"fork+exec", fork_exec, 1},
	{"mount+umount-in-a-namespace", mount_umount, 1},
	{"map-lookup", look_up, 20},
};
enum { ACTS = sizeof(acts) / sizeof(acts[0]) };

struct measured {
	long long spent[ACTS][SAMPLES];
};

/* What the last sample has left to the kernel (RCU callbacks, freed pages) is done before the next one. */
static void settle(void)
{
	const struct timespec pause = {.tv_nsec = SETTLE_NANOSECONDS};

	nanosleep(&pause, NULL);
}

static long long sample(const struct act *act)
{
	unsigned long long start = __builtin_ia32_rdtsc();

	for (unsigned i = 0; i < act->turns; i++)
		act->turn();
	return (long long)(__builtin_ia32_rdtsc() - start) / act->turns;
}

static int by_size(const void *a, const void *b)
{
	long long left = *(const long long *)a, right = *(const long long *)b;

	return left < right ? -1 : left > right;
}

/* A sample of each act in turn, then all again: what changes in the machine meanwhile meets each of them. */
static void measure(struct measured *out, unsigned samples)
{
	struct map_create_args args = {.map_type = MAP_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1};

	map_fd = system_bpf(CMD_MAP_CREATE, &args, MAP_CREATE_SIZE_BEFORE_6_18);
	sleep(START_SECONDS);
	for (unsigned n = 0; n < samples; n++) {
		for (unsigned i = 0; i < ACTS; i++) {
			settle();
			out->spent[i][n] = sample(&acts[i]);
		}
	}
	for (unsigned i = 0; i < ACTS; i++)
		qsort(out->spent[i], samples, sizeof(long long), by_size);
}

/* With mounts of its own. */
static int measure_to(const char *path, unsigned samples)
{
	static struct measured measured;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);

	if (fd < 0 || unshare(CLONE_NEWNS) < 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0)
		perror(path);
	measure(&measured, samples);
	if (write(fd, &measured, sizeof(measured)) < 0)
		perror(path);
	return 0;
}

/* In a process of its own, whose memory lies at the same addresses each time: fork copies as many page tables. */
static void measure_apart(const char *path, const char *samples)
{
	pid_t child = fork();

	if (child == 0) {
		personality(ADDR_NO_RANDOMIZE);
		execl(SELF, SELF, "measure", path, samples, NULL);
		_exit(1);
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

static void print_all(unsigned samples)
{
	static struct measured without, with;

	read_back(WITHOUT, &without);
	read_back(WITH, &with);
	for (unsigned i = 0; i < ACTS; i++) {
		const long long *one = without.spent[i], *other = with.spent[i];

		printf("bpfseal-cost: %s %lld %lld %lld %lld\n", acts[i].name, one[0], other[0], one[samples / 2],
		       other[samples / 2]);
	}
	printf("bpfseal-cost: end\n");
	fflush(stdout);
	tcdrain(STDOUT_FILENO);
}

static void measure_without(const char *samples)
{
	struct timespec boot;
	unsigned entropy;

	clock_gettime(CLOCK_BOOTTIME, &boot);
	printf("bpfseal-cost: start %lld\n", boot.tv_sec * 1000LL + boot.tv_nsec / 1000000);
	fflush(stdout);
	/* As long as it has no entropy the kernel's random numbers cost more, and each inode takes one. */
	getrandom(&entropy, sizeof(entropy), 0);
	mkdir("/tmp", 0700);
	mkdir("/tmp/m", 0700);
	measure_apart(WITHOUT, samples);
}

int main(int count, char **arguments)
{
	char samples[16];

	if (count > 1 && strcmp(arguments[1], "child") == 0)
		return 0;
	if (count > 3 && strcmp(arguments[1], "measure") == 0)
		return measure_to(arguments[2], (unsigned)atoi(arguments[3]));
	/* A word of the kernel's command line that it doesn't know becomes an argument of process 1. */
	snprintf(samples, sizeof(samples), "%d",
		 count > 1 && strcmp(arguments[count - 1], "quick") == 0 ? SAMPLES_QUICK : SAMPLES);
	if (access(WITHOUT, F_OK) < 0) {
		measure_without(samples);
		execv(LOADER, arguments);
		perror(LOADER);
	}
	measure_apart(WITH, samples);
	print_all((unsigned)atoi(samples));
	reboot(RB_POWER_OFF);
	return 0;
}
