// SPDX-License-Identifier: Apache-2.0
/*
 * Many processes at once, each with another way at the links, in random order: the checks of the guard have to hold while
 * mounts, names, file descriptors, tokens and keyrings change between them.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "attack.h"
#include "error_name.h"
#include "token_maker.h"

enum { CMD_LINK_UPDATE = 29, CMD_LINK_DETACH = 34, TASKS_EACH = 2, EXIT_BROKEN = 1, SOCKET_FILTER = 1 };

static const char *pins;
static struct signed_token bad_token;

static unsigned some(unsigned limit)
{
	unsigned number;

	getrandom(&number, sizeof(number), 0);
	return number % limit;
}

static const char *some_pin(void)
{
	static const char *const names[] = {"lsm-observers/open", "lsm-observers/exec",   "tracepoints/switch", "cgroup-network/connect",
					    "xdp-and-tc/frames",  "xdp-and-tc/incoming", "guard/guard_unlink", "guard/guard_command"};
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", pins, names[some(sizeof(names) / sizeof(names[0]))]);
	return path;
}

static bool names(void)
{
	char moved[160], linked[160];
	bool broken = false;

	snprintf(moved, sizeof(moved), "%s/moved-%d", pins, (int)getpid());
	snprintf(linked, sizeof(linked), "%s/linked-%d", pins, (int)getpid());
	broken |= unlink(some_pin()) == 0;
	broken |= rename(some_pin(), moved) == 0;
	broken |= rmdir(pins) == 0;
	if (link(some_pin(), linked) == 0)
		broken |= unlink(linked) == 0;
	return broken;
}

/* In the system's namespace or in an own one, which goes with the process and all that it has mounted. */
static bool mount_and_move(bool apart)
{
	char here[32];

	if (apart && unshare(CLONE_NEWNS) < 0)
		return false;
	snprintf(here, sizeof(here), "/tmp/stress-%d", (int)getpid());
	mkdir(here, 0700);
	mount("tmpfs", here, "tmpfs", 0, NULL);
	mount(pins, here, NULL, MS_BIND, NULL);
	mount(NULL, apart && some(2) == 0 ? "/" : here, NULL, some(2) == 0 ? MS_SHARED | MS_REC : MS_PRIVATE, NULL);
	if (some(2) == 0)
		mount(here, "/tmp", NULL, MS_MOVE, NULL);
	umount2("/tmp", MNT_DETACH);
	umount2(here, MNT_DETACH);
	umount2(here, MNT_DETACH);
	rmdir(here);
	return umount2("/", MNT_DETACH) == 0 && !apart;
}

static bool mounts(void)
{
	pid_t child = fork();
	int waited = 0;

	if (child == 0)
		_exit(mount_and_move(some(2) == 0) ? EXIT_BROKEN : 0);
	while (waitpid(child, &waited, 0) < 0 && errno == EINTR)
		;
	return WEXITSTATUS(waited) == EXIT_BROKEN;
}

static bool file_descriptors(void)
{
	uint32_t args[4] = {(uint32_t)get_pin(some_pin()), 0, 0, 0};
	uint32_t type = (uint32_t)system_bpf(CMD_PROG_GET_FD_BY_ID, &(struct object_id_args){.id = some(64)}, OBJECT_ID_SIZE);
	bool broken = system_bpf((enum bpf_command)CMD_LINK_DETACH, args, sizeof(uint32_t)) == 0;

	args[1] = type;
	broken |= system_bpf((enum bpf_command)CMD_LINK_UPDATE, args, sizeof(args)) == 0;
	close((int)args[0]);
	if ((int)type >= 0)
		close((int)type);
	return broken;
}

static bool tokens(void)
{
	struct signed_token token = bad_token;
	struct guard_confirm args = token_args(&token, -1);
	unsigned at = some(sizeof(token.body) + token.signature_size);

	((uint8_t *)&token)[at] ^= (uint8_t)(1 + some(255));
	return confirm_args(&args) == -EINPROGRESS;
}

static bool loads(void)
{
	int fd = load_program(SOCKET_FILTER, 0);

	if (fd >= 0)
		close(fd);
	fd = load_program(PROG_SYSCALL, 0);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

static bool keyrings(void)
{
	static const long operations[] = {3, 5, 7, 9, 15, 21};
	int ring = find_keyring(some(2) == 0 ? "bpfseal" : "bpfseal-confirm-3");

	return ring > 0 && syscall(SYS_keyctl, operations[some(6)], (long)ring, 1L, 0L, 0L) == 0;
}

static const struct way {
	const char *name;
	bool (*turn)(void);	/* whether anything that must not succeed did */
} ways[] = {
	{"names", names},   {"mounts", mounts}, {"file-descriptors", file_descriptors},
	{"tokens", tokens}, {"loads", loads},	{"keyrings", keyrings},
};
enum { WAYS = sizeof(ways) / sizeof(ways[0]) };

static volatile sig_atomic_t over;

static void end(int signal)
{
	(void)signal;
	over = 1;
}

static _Noreturn void torment(const struct way *way, unsigned seconds)
{
	bool broken = false;

	signal(SIGALRM, end);
	alarm(seconds);
	while (!over)
		broken |= way->turn();
	_exit(broken ? EXIT_BROKEN : 0);
}

void stress(const struct scene *scene, unsigned seconds)
{
	pid_t children[TASKS_EACH * WAYS];
	unsigned broken = 0;
	int waited;

	pins = scene->pins;
	/* By a key that may confirm nothing: also unspoilt it is no good. */
	bad_token = token_signed(token_to_stop("lsm-observers/open"), RELEASE);
	for (unsigned i = 0; i < TASKS_EACH * WAYS; i++) {
		children[i] = fork();
		if (children[i] == 0)
			torment(&ways[i % WAYS], seconds);
	}
	for (unsigned i = 0; i < TASKS_EACH * WAYS; i++) {
		if (waitpid(children[i], &waited, 0) == children[i] && waited == 0)
			continue;
		fprintf(stderr, "bpfseal-stress: %s ended with status %x\n", ways[i % WAYS].name, (unsigned)waited);
		broken++;
	}
	print_line("stress-of-many-processes", broken == 0 ? "OK" : "EPROTO", links_alive(), broken == 0);
}
