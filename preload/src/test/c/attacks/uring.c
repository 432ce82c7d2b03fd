// SPDX-License-Identifier: Apache-2.0
/* Pins by io_uring, whose workers make the calls instead of the process. Layout: include/uapi/linux/io_uring.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "attack.h"

enum {
	NR_URING_SETUP = 425,
	NR_URING_ENTER = 426,
	OP_RENAMEAT = 35,
	OP_UNLINKAT = 36,
	SQE_ASYNC = 1 << 4,	/* by a worker at once */
	ENTER_GETEVENTS = 1,
	MAP_SQES = 0x10000000,
	RING_SIZE = 4096,
	PATH_SIZE = 256,
};

struct submission {
	uint8_t opcode, flags;
	uint16_t priority;
	int32_t fd;
	uint64_t address2, address;
	uint32_t size, operation_flags;
	uint64_t rest[4];
};
_Static_assert(sizeof(struct submission) == 64, "submission");

struct uring_setup {
	uint32_t words[10];
	uint32_t sq_head, sq_tail, sq_mask, sq_entries, sq_flags, sq_dropped, sq_array, sq_unused;
	uint64_t sq_address;
	uint32_t cq_head, cq_tail, cq_mask, cq_entries, cq_overflow, cq_entry, cq_flags, cq_unused;
	uint64_t cq_address;
};
_Static_assert(sizeof(struct uring_setup) == 120, "uring_setup");

/* Its result, 0 or -errno. */
static int submit(struct submission what)
{
	struct uring_setup setup = {0};
	int fd = (int)syscall(NR_URING_SETUP, 1L, &setup), result;
	uint8_t *ring;
	struct submission *entries;

	if (fd < 0)
		return -errno;
	/* Since 5.4 one mapping shows both rings. */
	ring = mmap(NULL, RING_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	entries = mmap(NULL, RING_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, MAP_SQES);
	if (ring == MAP_FAILED || entries == MAP_FAILED)
		return -errno;
	what.flags = SQE_ASYNC;
	entries[0] = what;
	*(uint32_t *)(ring + setup.sq_array) = 0;
	__atomic_store_n((uint32_t *)(ring + setup.sq_tail), 1, __ATOMIC_RELEASE);
	if (syscall(NR_URING_ENTER, fd, 1L, 1L, (long)ENTER_GETEVENTS, NULL, 0L) < 0)
		return -errno;
	/* user_data, then the result. */
	memcpy(&result, ring + setup.cq_entry + sizeof(uint64_t), sizeof(result));
	close(fd);
	return result;
}

static int unlink_by_uring(const struct scene *scene)
{
	return submit((struct submission){.opcode = OP_UNLINKAT, .fd = AT_FDCWD, .address = address_of(scene->pin)});
}

static int rename_by_uring(const char *from, const char *to)
{
	return submit((struct submission){.opcode = OP_RENAMEAT,
					  .fd = AT_FDCWD,
					  .address = address_of(from),
					  .size = (uint32_t)AT_FDCWD,
					  .address2 = address_of(to)});
}

static int rename_away_by_uring(const struct scene *scene)
{
	char target[PATH_SIZE];

	snprintf(target, sizeof(target), "%s-away", scene->pin);
	return rename_by_uring(scene->pin, target);
}

static int rename_over_by_uring(const struct scene *scene)
{
	return rename_by_uring(scene->other, scene->pin);
}

const struct attack uring_attacks[] = {
	{.name = "uring-unlink", .run = unlink_by_uring, .aim = AIM_LINK},
	{.name = "uring-rename-away", .run = rename_away_by_uring, .aim = AIM_ACT},
	{.name = "uring-rename-over", .run = rename_over_by_uring, .aim = AIM_LINK},
	{.name = NULL},
};
