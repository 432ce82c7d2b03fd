// SPDX-License-Identifier: Apache-2.0
/*
 * A manifest's next program: runs the lines of /etc/commands one after the other, words parted by blanks, and shows on the
 * console what each says and how it ends. Built in: unlink PATH, write PATH WORD. Then it switches the machine off.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/reboot.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum { LINE_SIZE = 1024, WORDS_MAX = 16 };

static int write_file(const char *path, const char *word)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	if (fd < 0 || dprintf(fd, "%s\n", word) < 0)
		return errno;
	return close(fd);
}

static int run(char **words)
{
	pid_t child;
	int status;

	if (strcmp(words[0], "unlink") == 0)
		return unlink(words[1]) < 0 ? errno : 0;
	if (strcmp(words[0], "write") == 0)
		return write_file(words[1], words[2]);
	child = fork();
	if (child == 0) {
		dup2(STDOUT_FILENO, STDERR_FILENO);
		execv(words[0], words);
		_exit(127);
	}
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

int main(void)
{
	FILE *commands = fopen("/etc/commands", "r");
	char line[LINE_SIZE];

	while (commands != NULL && fgets(line, sizeof(line), commands) != NULL) {
		char *words[WORDS_MAX + 1] = {NULL};
		unsigned count = 0;

		line[strcspn(line, "\n")] = '\0';
		printf("commands: run %s\n", line);
		fflush(stdout);
		for (char *word = strtok(line, " "); word != NULL && count < WORDS_MAX; word = strtok(NULL, " "))
			words[count++] = word;
		if (count > 0)
			printf("commands: exit %d\n", run(words));
		fflush(stdout);
	}
	tcdrain(STDOUT_FILENO);
	sync();
	reboot(RB_POWER_OFF);
	return 0;
}
