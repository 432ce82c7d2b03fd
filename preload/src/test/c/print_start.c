// SPDX-License-Identifier: Apache-2.0
/* A next program that says what the loader has left it, then switches the machine off. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

static void print_words(const char *what, char **words)
{
	for (unsigned i = 0; words[i] != NULL; i++)
		printf("start: %s %u %s\n", what, i, words[i]);
}

static void print_open_files(void)
{
	for (int fd = 0; fd < 64; fd++) {
		if (fcntl(fd, F_GETFD) >= 0)
			printf("start: fd %d\n", fd);
	}
}

static void print_path(const char *path)
{
	struct stat status;

	if (stat(path, &status) == 0)
		printf("start: path %s %o\n", path, (unsigned)status.st_mode & 07777);
}

int main(int count, char **arguments, char **environment)
{
	static const char *const paths[] = {
		"/bpfseal", "/proc/self", "/sys/kernel", "/dev/null", "/sys/fs/cgroup/cgroup.procs",
	};

	(void)count;
	print_words("argument", arguments);
	print_words("environment", environment);
	print_open_files();
	for (unsigned i = 0; i < sizeof(paths) / sizeof(paths[0]); i++)
		print_path(paths[i]);
	printf("start: umask %o\n", (unsigned)umask(0));
	fflush(stdout);
	tcdrain(STDOUT_FILENO);
	reboot(RB_POWER_OFF);
	return 1;
}
