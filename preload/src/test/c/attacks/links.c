// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "attack.h"

enum {
	CMD_LINK_UPDATE = 29,
	CMD_LINK_DETACH = 34,
	CMD_PROG_DETACH = 9,
	CMD_TOKEN_CREATE = 36,
	REPLACE = 4,
	PROG_CGROUP_SKB = 8,
	NR_PIDFD_OPEN = 434,
	NR_PIDFD_GETFD = 438,
	RACE_TURNS = 20000,
	RACE_YIELD = 16,
	RACE_SECONDS = 5,
};

struct link_update_args {
	uint32_t link_fd, new_prog_fd, flags, old_prog_fd;
};

static int detach_fd(int fd)
{
	uint32_t args[4] = {(uint32_t)fd};

	return system_bpf((enum bpf_command)CMD_LINK_DETACH, args, sizeof(uint32_t));
}

static int detach_by_pin(const struct scene *scene)
{
	return detach_fd(get_pin(scene->detachable));
}

static int detach_by_id(const struct scene *scene)
{
	struct object_id_args args = {.id = link_id_of_pin(scene->detachable)};

	return detach_fd(system_bpf(CMD_LINK_GET_FD_BY_ID, &args, OBJECT_ID_SIZE));
}

/* With a bit that the kernel takes off the command. */
static int detach_with_common_attributes(const struct scene *scene)
{
	uint32_t args[1] = {(uint32_t)get_pin(scene->detachable)};

	return result_of(syscall(SYS_bpf, (long)(CMD_LINK_DETACH | 1 << 16), args, (long)sizeof(args), NULL, 0L));
}

/* With the program that is to be replaced. */
static int replace_program(const struct scene *scene)
{
	struct link_info info = {0};
	struct object_info_args query = {.info_len = LINK_INFO_SIZE, .info = address_of(&info)};
	struct object_id_args by_id = {0};
	struct link_update_args args = {
		.link_fd = (uint32_t)get_pin(scene->detachable),
		.new_prog_fd = (uint32_t)load_program(PROG_CGROUP_SKB, 0),
		.flags = REPLACE,
	};

	query.bpf_fd = args.link_fd;
	system_bpf(CMD_OBJ_GET_INFO_BY_FD, &query, OBJECT_INFO_SIZE);
	by_id.id = info.prog_id;
	args.old_prog_fd = (uint32_t)system_bpf(CMD_PROG_GET_FD_BY_ID, &by_id, OBJECT_ID_SIZE);
	return system_bpf((enum bpf_command)CMD_LINK_UPDATE, &args, sizeof(args));
}

/* Only a user namespace other than the first can have one; what is pinned there then belongs to it. */
static int make_token(const struct scene *scene)
{
	uint32_t args[2] = {0, (uint32_t)open(scene->pins, O_RDONLY | O_DIRECTORY)};

	return system_bpf((enum bpf_command)CMD_TOKEN_CREATE, args, sizeof(args));
}

static int update(const struct scene *scene)
{
	struct link_update_args args = {
		.link_fd = (uint32_t)get_pin(scene->detachable),
		.new_prog_fd = (uint32_t)load_program(PROG_CGROUP_SKB, 0),
	};

	return system_bpf((enum bpf_command)CMD_LINK_UPDATE, &args, sizeof(args));
}

static int send_fd(int socket, int fd)
{
	char room[CMSG_SPACE(sizeof(int))] = {0};
	char byte = 0;
	struct iovec data = {&byte, 1};
	struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof(room)};
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);

	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(header), &fd, sizeof(fd));
	return result_of(sendmsg(socket, &message, 0));
}

static int receive_fd(int socket)
{
	char room[CMSG_SPACE(sizeof(int))] = {0};
	char byte;
	struct iovec data = {&byte, 1};
	struct msghdr message = {.msg_iov = &data, .msg_iovlen = 1, .msg_control = room, .msg_controllen = sizeof(room)};
	int fd = -1;

	if (recvmsg(socket, &message, 0) > 0 && CMSG_FIRSTHDR(&message) != NULL)
		memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(fd));
	return fd;
}

static int detach_passed_fd(const struct scene *scene)
{
	int pair[2], status = -1;
	pid_t child;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0)
		return -errno;
	child = fork();
	if (child == 0)
		_exit(-detach_fd(receive_fd(pair[1])));
	send_fd(pair[0], get_pin(scene->detachable));
	waitpid(child, &status, 0);
	return -WEXITSTATUS(status);
}

static int detach_taken_fd(const struct scene *scene)
{
	int fd = get_pin(scene->detachable), taken;
	pid_t child = fork();

	if (child == 0) {
		pause();
		_exit(0);
	}
	taken = (int)syscall(NR_PIDFD_GETFD, syscall(NR_PIDFD_OPEN, (long)child, 0L), (long)fd, 0L);
	kill(child, SIGKILL);
	return detach_fd(taken);
}

static atomic_bool racing;
static int race_link, race_other, race_fd;

static void *swap(void *unused)
{
	(void)unused;
	while (racing) {
		dup2(race_link, race_fd);
		sched_yield();
		dup2(race_other, race_fd);
	}
	return NULL;
}

/* Another thread puts the held link behind the number when the guard has looked at another file. */
static int detach_in_race(const struct scene *scene)
{
	pthread_t thread;
	time_t start = time(NULL);
	int error = -EPERM;

	race_link = get_pin(scene->detachable);
	race_other = open("/dev/null", O_RDONLY);
	race_fd = dup(race_other);
	racing = true;
	if (pthread_create(&thread, NULL, swap, NULL) != 0)
		return -EAGAIN;
	for (int i = 0; error != 0 && (i < RACE_TURNS || time(NULL) - start < RACE_SECONDS); i++) {
		error = detach_fd(race_fd);
		/* On one CPU the other thread runs only when this one lets it. */
		if (i % RACE_YIELD == 0)
			sched_yield();
	}
	racing = false;
	pthread_join(thread, NULL);
	return error;
}

static int detach_of_program(const struct scene *scene)
{
	uint32_t args[5] = {0};
	struct link_info info = {0};
	struct object_info_args query = {.info_len = LINK_INFO_SIZE, .info = address_of(&info)};
	struct object_id_args by_id = {0};

	query.bpf_fd = (uint32_t)get_pin(scene->detachable);
	system_bpf(CMD_OBJ_GET_INFO_BY_FD, &query, OBJECT_INFO_SIZE);
	by_id.id = info.prog_id;
	args[0] = (uint32_t)open("/sys/fs/cgroup", O_RDONLY | O_DIRECTORY);
	args[1] = (uint32_t)system_bpf(CMD_PROG_GET_FD_BY_ID, &by_id, OBJECT_ID_SIZE);
	system_bpf((enum bpf_command)CMD_PROG_DETACH, args, sizeof(args));
	return 0;
}

static int close_every_fd(const struct scene *scene)
{
	(void)scene;
	system_close_all();
	return 0;
}

const struct attack link_attacks[] = {
	{.name = "detach-by-pin", .run = detach_by_pin, .aim = AIM_ACT},
	{.name = "detach-by-id", .run = detach_by_id, .aim = AIM_ACT},
	{.name = "detach-passed-fd", .run = detach_passed_fd, .aim = AIM_ACT},
	{.name = "detach-fd-taken-by-pidfd", .run = detach_taken_fd, .aim = AIM_ACT},
	{.name = "detach-racing-thread", .run = detach_in_race, .aim = AIM_ACT},
	{.name = "detach-with-common-attributes", .run = detach_with_common_attributes, .aim = AIM_ACT, .major = 7,
	 .minor = 2},
	{.name = "update-program", .run = update, .aim = AIM_ACT},
	{.name = "replace-program", .run = replace_program, .aim = AIM_ACT},
	{.name = "make-bpf-token-is-futile", .run = make_token, .aim = AIM_ACT},
	{.name = "detach-of-program-is-harmless", .run = detach_of_program, .aim = AIM_NOTHING},
	{.name = "close-every-fd-is-harmless", .run = close_every_fd, .aim = AIM_NOTHING},
	{.name = NULL},
};

/* The guard's was held by a token; its cgroup goes like any other unless the guard says no, and the link with it. */
static int remove_cgroup(const struct scene *scene)
{
	char pin[128];

	snprintf(pin, sizeof(pin), "%s/victim/child", scene->pins);
	if (!scene->guarded && (mkdir(CHILD_CGROUP, 0700) < 0 || pin_cgroup_link(CHILD_CGROUP, pin) < 0))
		return -EIO;
	return result_of(rmdir(CHILD_CGROUP));
}

const struct attack late_attacks[] = {
	{.name = "rmdir-cgroup-of-held-link", .run = remove_cgroup, .aim = AIM_ACT},
	{.name = NULL},
};
