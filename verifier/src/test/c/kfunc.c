// SPDX-License-Identifier: Apache-2.0
/*
 * The kfunc bpf_verify_pkcs7_signature, called by a program that is run by hand, or where the kernel doesn't let such
 * programs call it (up to 6.17) by one on the LSM hook of bpf(2) itself, which lets everything pass. Content, message
 * and what names the keyring are in maps; so is the answer.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "judge.h"

#define BPF_MAP_CREATE 0
#define BPF_PROG_LOAD 5
#define BPF_PROG_TEST_RUN 10
#define BPF_RAW_TRACEPOINT_OPEN 17
#define BPF_LINK_CREATE 28
#define SYSCALL 31
#define LSM 29
#define LSM_MAC 27
#define SLEEPABLE 16
#define ARRAY 2
#define MMAPABLE (1 << 10)
#define KIND_FUNC 12

/* One octet more than a dynptr takes. */
#define CONTENT_ROOM (1 << 24)
#define MESSAGE_ROOM (1 << 18)

#define NO_KEY 1000
#define UNSET 2000

enum { R0, R1, R2, R3, R4, R6 = 6, R7, R8, FP = 10 };

struct insn {
	uint8_t code, registers;
	int16_t offset;
	int32_t value;
};

struct question {
	uint32_t content_size, message_size;
	uint32_t system, unused;
	uint64_t id;
	int64_t answer;
};

static struct {
	int content, message, question;
	uint8_t *content_memory, *message_memory;
	volatile struct question *question_memory;
	int program, is_lsm;
} kit;

static const uint8_t *btf;

static uint32_t u32_at(size_t at)
{
	uint32_t value;

	memcpy(&value, btf + at, 4);
	return value;
}

/* Octets behind a type's first twelve. */
static size_t rest_of_type(uint32_t info)
{
	uint32_t count = info & 0xffff;

	switch (info >> 24 & 0x1f) {
	case 1: case 14: case 17: return 4;
	case 3: return 12;
	case 4: case 5: case 15: case 19: return 12 * (size_t)count;
	case 6: case 13: return 8 * (size_t)count;
	default: return 0;
	}
}

static int32_t function(const char *name)
{
	size_t start, end, names;
	int32_t id = 1;

	if (btf == NULL) {
		struct stat status;
		int file;

		mkdir("/sys", 0755);
		if (mount("sys", "/sys", "sysfs", 0, NULL) != 0 && errno != EBUSY)
			fail("/sys");
		file = open("/sys/kernel/btf/vmlinux", O_RDONLY | O_CLOEXEC);
		if (file < 0 || fstat(file, &status) != 0)
			fail("BTF of the kernel");
		uint8_t *copy = malloc((size_t)status.st_size);

		for (ssize_t done = 0; done < status.st_size;) {
			ssize_t part = read(file, copy + done, (size_t)(status.st_size - done));

			if (part <= 0)
				fail("BTF of the kernel");
			done += part;
		}
		btf = copy;
		close(file);
	}
	start = u32_at(4) + (size_t)u32_at(8);
	end = start + u32_at(12);
	names = u32_at(4) + (size_t)u32_at(16);
	for (size_t at = start; at < end; id++) {
		uint32_t info = u32_at(at + 4);

		if ((info >> 24 & 0x1f) == KIND_FUNC && strcmp((const char *)btf + names + u32_at(at), name) == 0)
			return id;
		at += 12 + rest_of_type(info);
	}
	fail("function %s", name);
}

static int make_map(uint32_t size, void **memory)
{
	uint32_t create[18] = { ARRAY, 4, size, 1, MMAPABLE };
	long map = syscall(SYS_bpf, BPF_MAP_CREATE, create, sizeof(create));

	if (map < 0)
		fail("map of %u octets", size);
	*memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, (int)map, 0);
	if (*memory == MAP_FAILED)
		fail("memory of %u octets", size);
	return (int)map;
}

static struct insn insn(uint8_t code, unsigned to, unsigned from, int offset, int32_t value)
{
	return (struct insn){ code, (uint8_t)(to | from << 4), (int16_t)offset, value };
}

/* A dynptr on the stack over the first octets of a map's value. */
static struct insn *dynptr(struct insn *next, int map, size_t size, int32_t room, int stack)
{
	*next++ = insn(0x61, R2, R6, (int)size, 0);
	*next++ = insn(0xb7, R0, 0, 0, 0);
	*next++ = insn(0x25, R2, 0, 1, room);
	*next++ = insn(0x05, 0, 0, 1, 0);
	*next++ = insn(0x95, 0, 0, 0, 0);
	*next++ = insn(0x18, R1, 2, 0, map);
	*next++ = insn(0, 0, 0, 0, 0);
	*next++ = insn(0xb7, R3, 0, 0, 0);
	*next++ = insn(0xbf, R4, FP, 0, 0);
	*next++ = insn(0x07, R4, 0, 0, stack);
	*next++ = insn(0x85, 0, 0, 0, 197);
	*next++ = insn(0x15, R0, 0, 3, 0);
	*next++ = insn(0x7b, R6, R0, offsetof(struct question, answer), 0);
	*next++ = insn(0xb7, R0, 0, 0, 0);
	*next++ = insn(0x95, 0, 0, 0, 0);
	return next;
}

static struct insn *call(struct insn *next, const char *name)
{
	*next++ = insn(0x85, 0, 2, 0, function(name));
	return next;
}

static uint32_t write_program(struct insn *all)
{
	struct insn *next = all, *user, *have, *null;

	*next++ = insn(0x18, R6, 2, 0, kit.question);
	*next++ = insn(0, 0, 0, 0, 0);
	next = dynptr(next, kit.content, offsetof(struct question, content_size), CONTENT_ROOM, -16);
	next = dynptr(next, kit.message, offsetof(struct question, message_size), MESSAGE_ROOM, -32);
	*next++ = insn(0x79, R1, R6, offsetof(struct question, id), 0);
	*next++ = insn(0xb7, R2, 0, 0, 0);
	*next++ = insn(0x61, R3, R6, offsetof(struct question, system), 0);
	user = next++;
	next = call(next, "bpf_lookup_system_key");
	have = next++;
	*user = insn(0x15, R3, 0, (int)(next - user) - 1, 0);
	next = call(next, "bpf_lookup_user_key");
	*have = insn(0x05, 0, 0, (int)(next - have) - 1, 0);
	null = next++;
	*next++ = insn(0xbf, R7, R0, 0, 0);
	*next++ = insn(0xbf, R1, FP, 0, 0);
	*next++ = insn(0x07, R1, 0, 0, -16);
	*next++ = insn(0xbf, R2, FP, 0, 0);
	*next++ = insn(0x07, R2, 0, 0, -32);
	*next++ = insn(0xbf, R3, R7, 0, 0);
	next = call(next, "bpf_verify_pkcs7_signature");
	*next++ = insn(0x67, R0, 0, 0, 32);
	*next++ = insn(0xc7, R0, 0, 0, 32);
	*next++ = insn(0x7b, R6, R0, offsetof(struct question, answer), 0);
	*next++ = insn(0xbf, R1, R7, 0, 0);
	next = call(next, "bpf_key_put");
	*next++ = insn(0xb7, R0, 0, 0, 0);
	*next++ = insn(0x95, 0, 0, 0, 0);
	*null = insn(0x15, R0, 0, (int)(next - null) - 1, 0);
	*next++ = insn(0x7a, R6, 0, offsetof(struct question, answer), NO_KEY);
	*next++ = insn(0xb7, R0, 0, 0, 0);
	*next++ = insn(0x95, 0, 0, 0, 0);
	return (uint32_t)(next - all);
}

static long load_program(const struct insn *insns, uint32_t count, int is_lsm)
{
	static char log[1 << 16];
	uint32_t load[40] = { is_lsm ? LSM : SYSCALL, count };
	uint64_t pointers[] = { (uintptr_t)insns, (uintptr_t) "GPL" };
	uint64_t log_pointer = (uintptr_t)log;
	long program;

	memcpy(load + 2, pointers, sizeof(pointers));
	load[6] = 1;
	load[7] = sizeof(log);
	memcpy(load + 8, &log_pointer, sizeof(log_pointer));
	load[11] = SLEEPABLE;
	load[17] = is_lsm ? LSM_MAC : 0;
	load[27] = is_lsm ? (uint32_t)function("bpf_lsm_bpf") : 0;
	program = syscall(SYS_bpf, BPF_PROG_LOAD, load, 116);
	if (program < 0 && is_lsm)
		fail("program that calls the kfunc: %s", log);
	return program;
}

static void make_kit(void)
{
	static struct insn insns[96];
	uint32_t count;
	long program;

	kit.content = make_map(CONTENT_ROOM, (void **)&kit.content_memory);
	kit.message = make_map(MESSAGE_ROOM, (void **)&kit.message_memory);
	kit.question = make_map(sizeof(struct question), (void **)&kit.question_memory);
	count = write_program(insns);
	program = load_program(insns, count, 0);
	if (program < 0) {
		kit.is_lsm = 1;
		program = load_program(insns, count, 1);
	}
	kit.program = (int)program;
}

/* Any call of bpf(2) while the program is on its hook. */
static void run_on_hook(void)
{
	uint32_t open_link[4] = { 0, 0, (uint32_t)kit.program };
	long link = syscall(SYS_bpf, BPF_RAW_TRACEPOINT_OPEN, open_link, sizeof(open_link));

	if (link < 0)
		fail("link");
	kit.question_memory->answer = UNSET;
	syscall(SYS_bpf, BPF_LINK_CREATE, NULL, 0);
	close((int)link);
}

static void run_by_hand(void)
{
	uint32_t run[20] = { (uint32_t)kit.program };

	if (syscall(SYS_bpf, BPF_PROG_TEST_RUN, run, sizeof(run)) != 0)
		fail("run");
}

/*
 * mode 0: id is a serial number or special; 1: one of the system's; 2: the number of what a step made. EINVAL where the
 * look-up gives the program no key, too.
 */
long kfunc(const struct blob *content, const struct blob *message, uint32_t mode, long id)
{
	int64_t answer;

	if (kit.program == 0)
		make_kit();
	if (content->size > CONTENT_ROOM || message->size > MESSAGE_ROOM)
		fail("content of %u octets", content->size);
	memcpy(kit.content_memory, content->bytes, content->size);
	memcpy(kit.message_memory, message->bytes, message->size);
	kit.question_memory->content_size = content->size;
	kit.question_memory->message_size = message->size;
	kit.question_memory->system = mode == 1;
	kit.question_memory->id = mode == 2 ? (uint64_t)(uint32_t)numbered(id) : (uint64_t)id;
	kit.question_memory->answer = UNSET;
	if (kit.is_lsm)
		run_on_hook();
	else
		run_by_hand();
	answer = kit.question_memory->answer;
	if (answer == UNSET)
		fail("the kfunc was not called");
	errno = answer == NO_KEY ? EINVAL : (int)-answer;
	return answer == 0 ? 0 : -1;
}
