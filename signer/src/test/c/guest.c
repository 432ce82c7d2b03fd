// SPDX-License-Identifier: Apache-2.0
/*
 * Process 1 of a lab machine: does what the lines of /script say and prints "answer N WORD" for each, N from 0, WORD the
 * positive errno, 0, or "run R" for a loader that was loaded and then returned R. Files are named by their path.
 *
 *   ring CERTIFICATE...                                  a new session keyring, which the next loads name
 *   system ID                                            the next loads name a keyring of the kernel's instead
 *   program TYPE ATTACH FLAGS TARGET MAPFLAGS SIG INSNS [DATA]  a program signed by itself, TARGET - for none
 *   loader 7.3|6.18 SIG INSNS DATA                       loaded and run as its generation is
 *   enforce                                              from now on modules must be signed
 *   module FILE                                          loaded, and unloaded again under its name
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define BPF_MAP_CREATE 0
#define BPF_MAP_UPDATE_ELEM 2
#define BPF_PROG_LOAD 5
#define BPF_PROG_RUN 10
#define BPF_OBJ_GET_INFO_BY_FD 15
#define BPF_MAP_FREEZE 22
#define ARRAY 2
#define SYSCALL_PROGRAM 31
#define SLEEPABLE 0x10
#define SESSION_KEYRING (-3)
#define JOIN_SESSION_KEYRING 1
#define MOST_WORDS 16
#define CONTEXT_SIZE 4096

struct file {
	uint8_t *bytes;
	size_t size;
};

static int32_t keyring = SESSION_KEYRING;

_Noreturn static void fail(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	printf("guest: ");
	vprintf(format, arguments);
	printf(": %s\n", strerror(errno));
	va_end(arguments);
	fflush(stdout);
	sleep(1);
	reboot(RB_POWER_OFF);
	for (;;)
		pause();
}

static struct file content(const char *path)
{
	struct file file;
	struct stat stat;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &stat) != 0)
		fail("%s", path);
	file.size = (size_t)stat.st_size;
	file.bytes = calloc(1, file.size + 1);
	for (size_t at = 0; at < file.size;) {
		ssize_t more = file.bytes == NULL ? -1 : read(fd, file.bytes + at, file.size - at);

		if (more <= 0)
			fail("%s", path);
		at += (size_t)more;
	}
	close(fd);
	return file;
}

static long bpf(int command, void *attributes, uint32_t size)
{
	return syscall(SYS_bpf, command, attributes, size);
}

/* The test puts SHA-256 of the instructions beside them. */
static struct file hash_of(const char *insns)
{
	char path[256];

	snprintf(path, sizeof(path), "%s.sha256", insns);
	return content(path);
}

/* One array with one value, exclusive to the program with this hash, and frozen. */
static int bound_map(const struct file *value, const struct file *hash, uint32_t flags)
{
	struct {
		uint32_t type, key_size, value_size, max_entries, flags;
		uint8_t unused[60];
		uint64_t excl_prog_hash;
		uint32_t excl_prog_hash_size;
	} create = { .type = ARRAY, .key_size = 4, .value_size = (uint32_t)value->size, .max_entries = 1, .flags = flags,
		     .excl_prog_hash = (uintptr_t)hash->bytes, .excl_prog_hash_size = (uint32_t)hash->size };
	uint32_t key = 0;
	struct {
		uint32_t fd, unused;
		uint64_t key, value, flags;
	} update = { .key = (uintptr_t)&key, .value = (uintptr_t)value->bytes };
	long map = bpf(BPF_MAP_CREATE, &create, 92);

	if (map < 0)
		fail("map of %zu bytes", value->size);
	update.fd = (uint32_t)map;
	if (bpf(BPF_MAP_UPDATE_ELEM, &update, 32) != 0 || bpf(BPF_MAP_FREEZE, &map, 4) != 0)
		fail("map");
	return (int)map;
}

struct load {
	uint32_t type, insn_cnt;
	uint64_t insns, license;
	uint32_t log_level, log_size;
	uint64_t log;
	uint32_t kern_version, flags;
	char name[16];
	uint32_t ifindex, attach_type;
	uint8_t unused[36];
	uint32_t attach_btf_id;
	uint8_t unused_too[8];
	uint64_t fd_array;
	uint8_t unused_either[20];
	uint32_t fd_array_cnt;
	uint64_t signature;
	uint32_t signature_size;
	int32_t keyring_id;
};
_Static_assert(offsetof(struct load, attach_btf_id) == 108 && offsetof(struct load, fd_array) == 120 && offsetof(struct load, signature) == 152, "BPF_PROG_LOAD");

static long load(struct load *attributes, const char *signature, const char *insns)
{
	struct file message = content(signature), code = content(insns);
	static char log[1 << 16];
	long fd;

	attributes->license = (uintptr_t) "GPL";
	attributes->insns = (uintptr_t)code.bytes;
	attributes->insn_cnt = (uint32_t)(code.size / 8);
	attributes->signature = (uintptr_t)message.bytes;
	attributes->signature_size = (uint32_t)message.size;
	attributes->keyring_id = keyring;
	fd = bpf(BPF_PROG_LOAD, attributes, sizeof(*attributes));
	if (fd < 0 && (errno == EINVAL || errno == EACCES)) {
		/* Once more for its reason, which the test shows when it isn't what it expects. */
		int error = errno;

		attributes->log_level = 1;
		attributes->log = (uintptr_t)log;
		attributes->log_size = sizeof(log);
		bpf(BPF_PROG_LOAD, attributes, sizeof(*attributes));
		printf("log of %s: %.2000s\n", insns, log);
		errno = error;
	}
	return fd;
}

/* What follows a type of this kind in BTF, with so many members; Documentation/bpf/btf.rst. */
static size_t tail(uint32_t kind, uint32_t members)
{
	switch (kind) {
	case 1: case 14: case 17: return 4;
	case 3: return 12;
	case 4: case 5: case 15: case 19: return 12 * (size_t)members;
	case 6: case 13: return 8 * (size_t)members;
	}
	return 0;
}

/* The number of a function in the kernel's own types. */
static uint32_t function_id(const char *name)
{
	struct file btf = content("/sys/kernel/btf/vmlinux");
	uint32_t header[6], id = 1;
	const char *strings;

	memcpy(header, btf.bytes, sizeof(header));
	strings = (const char *)btf.bytes + header[1] + header[4];
	for (size_t at = header[1] + header[2]; at < header[1] + header[2] + header[3]; id++) {
		uint32_t type[3];

		memcpy(type, btf.bytes + at, sizeof(type));
		if ((type[1] >> 24 & 0x1f) == 12 && strcmp(strings + type[0], name) == 0)
			return id;
		at += sizeof(type) + tail(type[1] >> 24 & 0x1f, type[1] & 0xffff);
	}
	fail("no function %s", name);
}

static void program(char **words, int count, char *answer)
{
	struct load attributes = { .type = (uint32_t)atoi(words[1]), .attach_type = (uint32_t)atoi(words[2]),
				   .flags = (uint32_t)strtoul(words[3], NULL, 0) };
	int map = -1;
	long fd;

	if (strcmp(words[4], "-") != 0)
		attributes.attach_btf_id = function_id(words[4]);
	if (count > 8) {
		struct file value = content(words[8]), hash = hash_of(words[7]);

		map = bound_map(&value, &hash, (uint32_t)strtoul(words[5], NULL, 0));
		attributes.fd_array = (uintptr_t)&map;
		attributes.fd_array_cnt = 1;
	}
	fd = load(&attributes, words[6], words[7]);
	sprintf(answer, "%d", fd < 0 ? errno : 0);
	close((int)fd);
	close(map);
}

static void loader(char **words, char *answer)
{
	int newer = strcmp(words[1], "7.3") == 0;
	struct file data = content(words[4]), hash = hash_of(words[3]);
	int map = bound_map(&data, &hash, 0);
	uint8_t digest[32], info[104] = { 0 };
	struct load attributes = { .type = SYSCALL_PROGRAM, .flags = SLEEPABLE, .fd_array = (uintptr_t)&map,
				   .fd_array_cnt = newer ? 1 : 0 };
	struct {
		uint32_t fd, size;
		uint64_t info;
	} query = { .fd = (uint32_t)map, .size = sizeof(info), .info = (uintptr_t)info };
	uint8_t context[CONTEXT_SIZE] = { 0 };
	struct {
		uint32_t fd, retval, data_size_in, data_size_out;
		uint64_t data_in, data_out;
		uint32_t repeat, duration, ctx_size_in, ctx_size_out;
		uint64_t ctx_in, ctx_out;
		uint8_t unused[16];
	} run = { .ctx_in = (uintptr_t)context, .ctx_size_in = sizeof(context) };
	long fd;

	context[0] = CONTEXT_SIZE & 0xff;
	context[1] = CONTEXT_SIZE >> 8;
	if (!newer) {
		uint64_t to = (uintptr_t)digest;
		uint32_t size = sizeof(digest);

		memcpy(info + 88, &to, sizeof(to));
		memcpy(info + 96, &size, sizeof(size));
		if (bpf(BPF_OBJ_GET_INFO_BY_FD, &query, 16) != 0)
			fail("hash of the map");
	}
	fd = load(&attributes, words[2], words[3]);
	if (fd < 0) {
		sprintf(answer, "%d", errno);
	} else {
		run.fd = (uint32_t)fd;
		if (bpf(BPF_PROG_RUN, &run, 80) != 0)
			sprintf(answer, "not run %d", errno);
		else
			sprintf(answer, "run %d", (int)run.retval);
		close((int)fd);
	}
	close(map);
}

static int module(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	const char *name = strrchr(path, '/') + 1;
	char bare[64];
	int error = syscall(SYS_finit_module, fd, "", 0) == 0 ? 0 : errno;

	close(fd);
	snprintf(bare, sizeof(bare), "%.*s", (int)strcspn(name, "."), name);
	if (error == 0 && syscall(SYS_delete_module, bare, O_NONBLOCK) != 0)
		fail("unload %s", bare);
	return error;
}

static int enforce(void)
{
	int fd = open("/sys/module/module/parameters/sig_enforce", O_WRONLY | O_CLOEXEC);
	int error = write(fd, "1", 1) == 1 ? 0 : errno;

	close(fd);
	return error;
}

static void ring(char **words, int count)
{
	if (syscall(SYS_keyctl, JOIN_SESSION_KEYRING, "guest") < 0)
		fail("session keyring");
	for (int i = 1; i < count; i++) {
		struct file certificate = content(words[i]);

		if (syscall(SYS_add_key, "asymmetric", "", certificate.bytes, certificate.size, SESSION_KEYRING) < 0)
			fail("key of %s", words[i]);
	}
	keyring = SESSION_KEYRING;
}

static void obey(char **words, int count, char *answer)
{
	strcpy(answer, "0");
	if (strcmp(words[0], "ring") == 0)
		ring(words, count);
	else if (strcmp(words[0], "system") == 0 && count == 2)
		keyring = atoi(words[1]);
	else if (strcmp(words[0], "program") == 0 && count >= 8)
		program(words, count, answer);
	else if (strcmp(words[0], "loader") == 0 && count == 5)
		loader(words, answer);
	else if (strcmp(words[0], "enforce") == 0)
		sprintf(answer, "%d", enforce());
	else if (strcmp(words[0], "module") == 0 && count == 2)
		sprintf(answer, "%d", module(words[1]));
	else
		fail("no line like \"%s\"", words[0]);
}

int main(void)
{
	char line[1024], answer[64];
	FILE *script;
	int number = 0;

	mkdir("/sys", 0755);
	if (mount("sysfs", "/sys", "sysfs", 0, NULL) != 0)
		fail("sysfs");
	script = fopen("/script", "r");
	if (script == NULL)
		fail("script");
	while (fgets(line, sizeof(line), script) != NULL) {
		char *words[MOST_WORDS] = { NULL };
		int count = 0;

		for (char *word = strtok(line, " \n"); word != NULL && count < MOST_WORDS; word = strtok(NULL, " \n"))
			words[count++] = word;
		if (count == 0)
			continue;
		obey(words, count, answer);
		printf("answer %d %s\n", number++, answer);
	}
	printf("end %d\n", number);
	fflush(stdout);
	sleep(1);
	reboot(RB_POWER_OFF);
	for (;;)
		pause();
}
