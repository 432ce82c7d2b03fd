// SPDX-License-Identifier: Apache-2.0
/*
 * Process 1 of a machine that has unpacked an odd initramfs: prints all that the root has, one line each, and switches
 * the machine off. A line: path, type and permissions in octal, owner, group, links, size (of folders 0), device numbers,
 * and of a file the SHA-256 of its first 64 KiB, of a symbolic link where it leads. Bytes that aren't printable are
 * written as \xHH. Nothing of the machine's is trusted: the console is opened anew once all has been read.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <termios.h>
#include <unistd.h>

#include "sha256.h"

enum { HEAD_MAX = 64 * 1024, OUTPUT_MAX = 8 << 20, PATH_ROOM = 64 * 1024, TARGET_ROOM = 8192 };

static char *output;
static size_t used;
static char path[PATH_ROOM];
static uint8_t head[HEAD_MAX];

static void put(const char *format, ...)
{
	va_list values;

	va_start(values, format);
	used += (size_t)vsnprintf(output + used, OUTPUT_MAX - used, format, values);
	va_end(values);
	if (used >= OUTPUT_MAX)
		used = OUTPUT_MAX - 1;
}

static void put_escaped(const char *text)
{
	for (; *text != '\0'; text++) {
		if (*text > ' ' && *text <= '~' && *text != '\\')
			put("%c", *text);
		else
			put("\\x%02x", (unsigned char)*text);
	}
}

static void put_content(int folder, const char *name)
{
	uint8_t digest[SHA256_BYTES];
	size_t size = 0;
	ssize_t got = 1;
	int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW);

	while (fd >= 0 && got > 0 && size < HEAD_MAX) {
		got = read(fd, head + size, HEAD_MAX - size);
		size += got > 0 ? (size_t)got : 0;
	}
	if (fd >= 0)
		close(fd);
	sha256(head, size, digest);
	for (unsigned i = 0; i < SHA256_BYTES; i++)
		put("%02x", digest[i]);
}

static void put_entry(int folder, const char *name, const struct stat *status)
{
	char target[TARGET_ROOM];
	ssize_t length;

	put("list: ");
	put_escaped(path);
	put(" %o %u %u %lu %lld %u:%u ", status->st_mode, status->st_uid, status->st_gid, (unsigned long)status->st_nlink,
	    S_ISDIR(status->st_mode) ? 0LL : (long long)status->st_size, major(status->st_rdev), minor(status->st_rdev));
	if (S_ISREG(status->st_mode)) {
		put_content(folder, name);
	} else if (S_ISLNK(status->st_mode)) {
		length = readlinkat(folder, name, target, sizeof(target) - 1);
		target[length < 0 ? 0 : length] = '\0';
		put_escaped(target);
	}
	put("\n");
}

static void put_folder(int folder, size_t length)
{
	DIR *directory = fdopendir(folder);
	struct dirent *entry;

	while (directory != NULL && (entry = readdir(directory)) != NULL) {
		struct stat status;

		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (fstatat(folder, entry->d_name, &status, AT_SYMLINK_NOFOLLOW) < 0)
			continue;
		snprintf(path + length, sizeof(path) - length, "/%s", entry->d_name);
		put_entry(folder, entry->d_name, &status);
		if (S_ISDIR(status.st_mode))
			put_folder(openat(folder, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW),
				   length + 1 + strlen(entry->d_name));
		path[length] = '\0';
	}
	if (directory != NULL)
		closedir(directory);
}

static void print_all(int console)
{
	for (size_t done = 0; done < used;) {
		ssize_t written = write(console, output + done, used - done);

		if (written <= 0)
			break;
		done += (size_t)written;
	}
	tcdrain(console);
}

int main(void)
{
	struct stat root;
	int console;

	output = malloc(OUTPUT_MAX);
	if (output == NULL)
		return 1;
	put("\nlist: begin\n");
	if (lstat("/", &root) == 0)
		put_entry(AT_FDCWD, "/", &root);
	put_folder(open("/", O_RDONLY | O_DIRECTORY), 0);
	put("list: end\n");
	mknod("/list-console", S_IFCHR | 0600, makedev(4, 64));
	console = open("/list-console", O_RDWR | O_NOCTTY);
	print_all(console);
	reboot(RB_POWER_OFF);
	for (;;)
		pause();
}
