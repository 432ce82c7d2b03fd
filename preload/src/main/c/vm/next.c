// SPDX-License-Identifier: Apache-2.0
/*
 * The program that `bpf-preload boot` puts in the place of the manifest's next program, where an image has none: it
 * prints what the loader has pinned, one line each, and switches the machine off.
 */
#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

enum { DEPTH_MAX = 4, PATH_SIZE = 1024 };

static unsigned pins;

static void print_pin(const char *path)
{
	printf("bpfseal-vm: pin path=%s\n", path);
	pins++;
}

/* Files of the root itself are the kernel's own iterators, no pins. */
static void print_pins(const char *folder, unsigned depth)
{
	DIR *directory = opendir(folder);
	struct dirent *entry;
	struct stat status;
	char path[PATH_SIZE];

	if (directory == NULL)
		return;
	while ((entry = readdir(directory)) != NULL) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		if (lstat(path, &status) < 0)
			continue;
		if (S_ISDIR(status.st_mode) && depth < DEPTH_MAX)
			print_pins(path, depth + 1);
		else if (depth > 0)
			print_pin(path);
	}
	closedir(directory);
}

int main(void)
{
	print_pins("/bpfseal", 0);
	printf("bpfseal-vm: end pins=%u\n", pins);
	fflush(stdout);
	tcdrain(STDOUT_FILENO);
	if (getpid() == 1) {
		sync();
		reboot(RB_POWER_OFF);
		for (;;)
			pause();
	}
	return 0;
}
