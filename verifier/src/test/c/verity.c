// SPDX-License-Identifier: Apache-2.0
/* Files with fs-verity's builtin signature, on an ext4 file system in /disk. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "judge.h"

#define LOOP_SET_FD 0x4c00
#define ENABLE_VERITY 0x40806685
#define FOLDER "/verity"

/* The kernel's struct fsverity_enable_arg. */
struct enable {
	uint32_t version, hash_algorithm, block_size, salt_size;
	uint64_t salt;
	uint32_t sig_size, unused;
	uint64_t sig, unused_too[11];
};
_Static_assert(sizeof(struct enable) == 128, "fsverity_enable_arg");

static void mount_disk(void)
{
	struct stat status;
	int disk, loop;

	if (stat(FOLDER, &status) == 0)
		return;
	disk = open("/disk", O_RDWR | O_CLOEXEC);
	loop = open("/dev/loop0", O_RDWR | O_CLOEXEC);
	if (disk < 0 || loop < 0 || ioctl(loop, LOOP_SET_FD, (long)disk) != 0)
		fail("/dev/loop0");
	if (mkdir(FOLDER, 0755) != 0 || mount("/dev/loop0", FOLDER, "ext4", 0, NULL) != 0)
		fail(FOLDER);
	close(loop);
	close(disk);
}

static void require_signatures(int required)
{
	int file = open("/proc/sys/fs/verity/require_signatures", O_WRONLY | O_CLOEXEC);

	if (file < 0 || write(file, required ? "1" : "0", 1) != 1)
		fail("require_signatures");
	close(file);
}

/* Makes a file and enables verity on it; without a signature where that is empty. */
long verity(const struct blob *content, const struct blob *signature, uint32_t algorithm, int required)
{
	struct enable enable = { .version = 1, .hash_algorithm = algorithm, .block_size = 4096 };
	const char *path = FOLDER "/file";
	int file, error;
	long answer;

	mount_disk();
	require_signatures(required);
	file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (file < 0 || write(file, content->bytes, content->size) != (ssize_t)content->size)
		fail("%s", path);
	close(file);
	file = open(path, O_RDONLY | O_CLOEXEC);
	enable.sig_size = signature->size;
	enable.sig = (uintptr_t)signature->bytes;
	answer = ioctl(file, ENABLE_VERITY, &enable);
	error = errno;
	close(file);
	if (unlink(path) != 0)
		fail("%s", path);
	errno = error;
	return answer;
}
