// SPDX-License-Identifier: Apache-2.0
/*
 * The first program on a machine under the nine programs of policy.bpf.c: tries what they should refuse and allow, a line on
 * the console for each, then switches off. Started with an argument it is the program that is or isn't listed: it ends with 42.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include "bpf_abi.h"
#include "error_name.h"
#include "guard_abi.h"
#include "../bpf/policy.h"
#include "system.h"

#define PINS "/run/initramfs/bpfseal/policy/"

static void say(const char *what, int result)
{
	if (result >= 0)
		printf("policy: %s %d\n", what, result);
	else
		printf("policy: %s %s\n", what, error_name(result));
	fflush(stdout);
}

/* The exit code of the program, or why it wasn't started. */
static int run(const char *path)
{
	int status, error = 0, pipe_ends[2];
	pid_t child;

	if (pipe2(pipe_ends, O_CLOEXEC) < 0)
		return -errno;
	child = fork();
	if (child == 0) {
		execl(path, path, "child", NULL);
		error = errno;
		_exit(write(pipe_ends[1], &error, sizeof(error)) == sizeof(error) ? 1 : 2);
	}
	close(pipe_ends[1]);
	if (read(pipe_ends[0], &error, sizeof(error)) < 0)
		error = EIO;
	close(pipe_ends[0]);
	waitpid(child, &status, 0);
	return error != 0 ? -error : WEXITSTATUS(status);
}

static uint32_t load(const char *path, void *out, size_t room)
{
	int fd = open(path, O_RDONLY);
	ssize_t size = fd < 0 ? 0 : read(fd, out, room);

	close(fd);
	return size < 0 ? 0 : (uint32_t)size;
}

static int feed(const char *list, const char *signature)
{
	static uint8_t content[32768], message[8192];
	struct policy_feed attr = {.list = address_of(content), .signature = address_of(message)};

	attr.list_size = load(list, content, sizeof(content));
	attr.signature_size = load(signature, message, sizeof(message));
	return system_bpf((enum bpf_command)POLICY_FEED, &attr, sizeof(attr));
}

static int map_file(const char *path, int protection)
{
	int fd = path == NULL ? -1 : open(path, O_RDONLY);
	int flags = path == NULL ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_PRIVATE;

	/* The C library would make another error of it. */
	return syscall(SYS_mmap, NULL, 4096L, (long)protection, (long)flags, (long)fd, 0L) == -1 ? -errno : 0;
}

static int protect(void)
{
	void *memory = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return mprotect(memory, 4096, PROT_READ | PROT_EXEC) < 0 ? -errno : 0;
}

static int open_to_write(const char *path, int flags)
{
	int fd = open(path, O_WRONLY | flags);

	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}

static int trace(void)
{
	pid_t child = fork();
	int error;

	if (child == 0) {
		pause();
		_exit(0);
	}
	error = ptrace(PTRACE_ATTACH, child, NULL, NULL) < 0 ? -errno : 0;
	kill(child, 9);
	return error;
}

static int load_module(const char *path)
{
	int fd = open(path, O_RDONLY);

	return syscall(SYS_finit_module, fd, "", 0) < 0 ? -errno : 0;
}

/* How many of the policy's maps can be opened by their id. */
static int own_maps(void)
{
	struct object_id_args next = {0};
	int found = 0;

	while (system_bpf((enum bpf_command)12, &next, OBJECT_ID_SIZE) == 0) {
		struct object_id_args args = {.id = next.next_id};
		struct map_info info = {0};
		struct object_info_args query = {.info_len = MAP_INFO_SIZE, .info = address_of(&info)};
		int fd = system_bpf((enum bpf_command)14, &args, OBJECT_ID_SIZE);

		next.id = next.next_id;
		query.bpf_fd = (uint32_t)fd;
		if (fd >= 0 && system_bpf(CMD_OBJ_GET_INFO_BY_FD, &query, OBJECT_INFO_SIZE) == 0 &&
		    (strcmp(info.name, "allowed") == 0 || strcmp(info.name, "listed") == 0 ||
		     strcmp(info.name, "messages") == 0 || strncmp(info.name, "signed_data", 11) == 0))
			found++;
		if (fd >= 0)
			close(fd);
	}
	return found;
}

/* How many of the nine pins could be removed. */
static int stop(void)
{
	static const char *const links[] = {"exec", "mmap", "mprotect", "open", "read", "load", "trace", "map", "feed"};
	int removed = 0;

	for (unsigned i = 0; i < sizeof(links) / sizeof(links[0]); i++) {
		char path[128];

		snprintf(path, sizeof(path), PINS "%s", links[i]);
		if (access(path, F_OK) < 0)
			return -errno;
		removed += unlink(path) == 0;
	}
	return removed;
}

static void try_all(void)
{
	say("run-before-list", run("/bin/listed"));
	say("feed-wrong-key", feed("/lists/first", "/lists/first.other"));
	say("feed-other-list", feed("/lists/second", "/lists/first.p7s"));
	say("feed-no-list", feed("/lists/text", "/lists/text.p7s"));
	say("run-after-refusals", run("/bin/listed"));
	say("map-before-list", map_file("/bin/listed", PROT_READ | PROT_EXEC));
	say("feed", feed("/lists/first", "/lists/first.p7s"));
	say("run-listed", run("/bin/listed"));
	say("run-unlisted", run("/bin/unlisted"));
	say("map-listed", map_file("/bin/listed", PROT_READ | PROT_EXEC));
	say("map-listed-writable", map_file("/bin/listed", PROT_READ | PROT_WRITE | PROT_EXEC));
	say("map-unlisted", map_file("/bin/unlisted", PROT_READ | PROT_EXEC));
	say("map-unlisted-to-read", map_file("/bin/unlisted", PROT_READ));
	say("map-memory", map_file(NULL, PROT_READ | PROT_EXEC));
	say("protect", protect());
	say("write-listed", open_to_write("/bin/listed", 0));
	say("cut-listed", open_to_write("/bin/listed", O_TRUNC));
	say("write-unlisted", open_to_write("/bin/unlisted", 0));
	say("module", load_module("/bin/unlisted"));
	say("trace", trace());
	say("own-maps", own_maps());
	say("stop", stop());
	/* What the system's later root would do: another mount, and a list that comes from there. */
	say("mount", mount("tmpfs", "/late", "tmpfs", 0, NULL) < 0 ? -errno : 0);
	say("run-unlisted-late", run("/bin/unlisted"));
	say("feed-late", feed("/lists/second", "/lists/second.p7s"));
	say("run-listed-late", run("/bin/unlisted"));
	say("run-listed-still", run("/bin/listed"));
}

int main(int count, char **arguments)
{
	(void)arguments;
	if (count > 1)
		return 42;
	try_all();
	tcdrain(STDOUT_FILENO);
	reboot(RB_POWER_OFF);
	return 0;
}
