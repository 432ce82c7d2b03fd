// SPDX-License-Identifier: Apache-2.0
/*
 * What system calls cost, as a next program. In an emulator whose clock counts instructions the numbers of two boots can be
 * compared. One line each: "bpfseal-cost: NAME NANOSECONDS", of one turn.
 */
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "system.h"

enum { TURNS = 2000, FEW_TURNS = 40, ROUNDS = 9, SETTLE_SECONDS = 3, CMD_MAP_LOOKUP = 1 };

static int map_fd;

static void stat_file(void)
{
	struct stat status;

	stat("/sbin/next", &status);
}

static void open_close(void)
{
	close(open("/sbin/next", O_RDONLY));
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
	char *const command[] = {"/sbin/next", "child", NULL};
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

static void get_parent(void)
{
	getppid();
}

static long long one_round(void (*act)(void), unsigned turns)
{
	struct timespec start, end;

	clock_gettime(CLOCK_MONOTONIC, &start);
	for (unsigned i = 0; i < turns; i++)
		act();
	clock_gettime(CLOCK_MONOTONIC, &end);
	return ((end.tv_sec - start.tv_sec) * 1000000000LL + end.tv_nsec - start.tv_nsec) / turns;
}

/* The least of several rounds: what else the kernel does only adds. */
static void measure(const char *name, void (*act)(void), unsigned turns)
{
	long long least = one_round(act, turns);

	for (unsigned i = 1; i < ROUNDS; i++) {
		long long spent = one_round(act, turns);

		least = spent < least ? spent : least;
	}
	printf("bpfseal-cost: %s %lld\n", name, least);
	fflush(stdout);
	tcdrain(STDOUT_FILENO);
}

int main(int count, char **arguments)
{
	struct map_create_args args = {.map_type = MAP_ARRAY, .key_size = 4, .value_size = 4, .max_entries = 1};

	if (count > 1 && strcmp(arguments[1], "child") == 0)
		return 0;
	mkdir("/tmp", 0700);
	mkdir("/tmp/m", 0700);
	map_fd = system_bpf(CMD_MAP_CREATE, &args, MAP_CREATE_SIZE_BEFORE_6_18);
	sleep(SETTLE_SECONDS);
	measure("getppid", get_parent, TURNS);
	measure("stat", stat_file, TURNS);
	measure("open-close", open_close, TURNS);
	measure("open-close-to-write", open_to_write, TURNS);
	measure("create-unlink", create_unlink, TURNS);
	measure("fork-exec", fork_exec, FEW_TURNS);
	measure("map-lookup", look_up, TURNS);
	unshare(CLONE_NEWNS);
	measure("mount-umount", mount_umount, FEW_TURNS * 2);
	printf("bpfseal-cost: end 0\n");
	fflush(stdout);
	tcdrain(STDOUT_FILENO);
	reboot(RB_POWER_OFF);
	return 0;
}
