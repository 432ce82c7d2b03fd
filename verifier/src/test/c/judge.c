// SPDX-License-Identifier: Apache-2.0
/*
 * Process 1 of a lab machine: asks the running kernel for its verdicts over a corpus (/corpus) and writes them to the
 * first port of the virtio-serial device, one line a case: id, load, certificates, separated by tabs; last "end" and
 * the number of cases. Words as in "bpf-verify judge"; DIED where the kernel killed the process that asked. The
 * machine's console says why, when this program itself can't go on.
 *
 * Corpus, little-endian without padding: "SIGLAB1\n"; u32 blobs, each u32 length and bytes; u32 cases, each u32 id, u8
 * kind, u8 flags, u16 certificates, u32 per certificate (its blob), and for kind 0 u32 instructions' blob, u32
 * signature's blob, u32 signature_size (0xffffffff: the blob's), s32 keyring_id (0x7fffffff: the case's keyring). Kind 1
 * adds keys only. Kinds that "bpf-verify judge" doesn't know: 2 is kind 0 with maps, see maps.c; 3 takes steps before
 * the load, see script.c, in a process of its own, and their words stand behind the certificates'.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/reboot.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "judge.h"

#define BPF_PROG_LOAD 5
#define SOCKET_FILTER 1
#define KEYS_ONLY 1
#define LOAD_WITH_MAPS 2
#define STEPS 3
#define THREAD_KEYRING (-1)
#define FRESH_KEYRING 0x7fffffff
#define WHOLE_BLOB 0xffffffffu
#define SIGNATURE_IS_NULL 1
#define LARGEST_SIGNATURE 8192
#define LINE 4096

/* Shared with the process that asks, so that the next one knows where it died. */
struct progress {
	size_t at;
	uint32_t answered;
	uint32_t id;
	int asking;
};

static uint32_t case_count;
static int verdicts;
static struct progress *progress;

_Noreturn void fail(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	printf("judge: ");
	vprintf(format, arguments);
	printf(": %s\n", strerror(errno));
	va_end(arguments);
	fflush(stdout);
	sleep(1);
	reboot(RB_POWER_OFF);
	for (;;)
		pause();
}

static void say(const char *line, size_t size)
{
	while (size > 0) {
		ssize_t written = write(verdicts, line, size);

		if (written <= 0)
			fail("verdicts");
		line += written;
		size -= (size_t)written;
	}
}

const char *name_of(int error)
{
	static char other[16];

	switch (error) {
	case 0: return "OK";
	case EPERM: return "EPERM";
	case ENOENT: return "ENOENT";
	case E2BIG: return "E2BIG";
	case EBADF: return "EBADF";
	case ENOMEM: return "ENOMEM";
	case EACCES: return "EACCES";
	case EFAULT: return "EFAULT";
	case EBUSY: return "EBUSY";
	case EEXIST: return "EEXIST";
	case ENODEV: return "ENODEV";
	case ENOTDIR: return "ENOTDIR";
	case EINVAL: return "EINVAL";
	case ENOSYS: return "ENOSYS";
	case ENODATA: return "ENODATA";
	case ENOPKG: return "ENOPKG";
	case EBADMSG: return "EBADMSG";
	case EOVERFLOW: return "EOVERFLOW";
	case EMSGSIZE: return "EMSGSIZE";
	case EOPNOTSUPP: return "EOPNOTSUPP";
	case EDQUOT: return "EDQUOT";
	case ENOKEY: return "ENOKEY";
	case EKEYEXPIRED: return "EKEYEXPIRED";
	case EKEYREVOKED: return "EKEYREVOKED";
	case EKEYREJECTED: return "EKEYREJECTED";
	case 524: return "ENOTSUPP";
	}
	snprintf(other, sizeof(other), "%d", error);
	return other;
}

static long add_key(const char *type, const char *description, const void *payload, size_t size, long keyring)
{
	return syscall(SYS_add_key, type, description, payload, size, keyring);
}

/* Where a load names more bytes than the signature has, zeros follow. */
static const void *padded(const struct blob *signature)
{
	static uint8_t copy[LARGEST_SIGNATURE];

	if (signature->size > sizeof(copy))
		return signature->bytes;
	memcpy(copy, signature->bytes, signature->size);
	memset(copy + signature->size, 0, sizeof(copy) - signature->size);
	return copy;
}

static const char *load(size_t *at, uint32_t kind, int is_null, long fresh)
{
	const struct blob *insns = blob(at);
	const struct blob *signature = blob(at);
	uint32_t size = number(at, 4);
	int32_t keyring = (int32_t)number(at, 4);
	struct load load = { .type = SOCKET_FILTER };
	int error;
	long fd;

	load.insns = (uintptr_t)insns->bytes;
	load.insn_cnt = insns->size / 8;
	load.license = (uintptr_t) "GPL";
	load.signature = is_null ? 0 : (uintptr_t)padded(signature);
	load.signature_size = size == WHOLE_BLOB ? signature->size : size;
	load.keyring_id = keyring == FRESH_KEYRING ? (int32_t)fresh : numbered_keyring(keyring);
	if (kind == LOAD_WITH_MAPS)
		bind_maps(at, &load);
	fd = syscall(SYS_bpf, BPF_PROG_LOAD, &load, sizeof(load));
	error = fd < 0 ? errno : 0;
	if (fd >= 0)
		close((int)fd);
	if (kind == LOAD_WITH_MAPS)
		unbind_maps();
	return name_of(error);
}

/* Adds the next certificates and writes one word for each, or a dash. */
static size_t add_certificates(size_t *at, unsigned count, long keyring, char *words)
{
	size_t length = 0;

	for (unsigned i = 0; i < count; i++) {
		const struct blob *certificate = blob(at);
		long key = add_key("asymmetric", NULL, certificate->bytes, certificate->size, keyring);

		length += (size_t)snprintf(words + length, LINE / 2 - length, "%s%s", i == 0 ? "" : ",",
					   name_of(key < 0 ? errno : 0));
		if (length > LINE / 2 - 32)
			fail("certificates of case %u", progress->id);
	}
	words[length] = '\0';
	return length;
}

static void answer(size_t *at, uint32_t kind)
{
	static char line[LINE], words[LINE / 2];
	uint32_t flags = number(at, 1);
	uint32_t count = number(at, 2);
	const char *loaded = "-";
	long keyring = add_key("keyring", "case", NULL, 0, THREAD_KEYRING);
	size_t length;

	if (keyring < 0)
		fail("keyring of case %u", progress->id);
	length = add_certificates(at, count, keyring, words);
	if (kind == STEPS)
		length = take_steps(at, keyring, words, length, sizeof(words));
	if (kind == STEPS ? number(at, 1) != 0 : kind != KEYS_ONLY)
		loaded = load(at, kind, flags & SIGNATURE_IS_NULL, keyring);
	say(line, (size_t)snprintf(line, sizeof(line), "%u\t%s\t%s\n", progress->id, loaded,
				   length == 0 ? "-" : words));
}

/* A process of its own has keyrings of its own. */
static void answer_apart(size_t *at)
{
	pid_t child = fork();
	int status;

	if (child < 0)
		fail("fork");
	if (child == 0) {
		answer(at, STEPS);
		_exit(0);
	}
	if (waitpid(child, &status, 0) != child)
		fail("wait");
	if (status != 0)
		_exit(1);
	number(at, 1);
	uint32_t count = number(at, 2);

	*at += 4 * (size_t)count;
	skip_steps(at);
}

static void ask(size_t *at)
{
	uint32_t kind;

	progress->id = number(at, 4);
	kind = number(at, 1);
	if (kind == STEPS)
		answer_apart(at);
	else
		answer(at, kind);
}

static void ask_all(void)
{
	while (progress->answered < case_count) {
		size_t at = progress->at;

		progress->asking = 1;
		ask(&at);
		progress->at = at;
		progress->answered++;
		progress->asking = 0;
	}
}

/* Steps over the case at which its process died. */
static void skip(void)
{
	char line[64];
	size_t at = progress->at + 4;
	uint32_t kind = number(&at, 1);
	uint32_t count;

	if (!progress->asking)
		fail("died between cases");
	at++;
	count = number(&at, 2);
	at += 4 * count + (kind == KEYS_ONLY || kind == STEPS ? 0 : 16);
	if (kind == STEPS)
		skip_steps(&at);
	if (kind == LOAD_WITH_MAPS)
		skip_maps(&at);
	progress->at = at;
	progress->answered++;
	say(line, (size_t)snprintf(line, sizeof(line), "%u\tDIED\t-\n", progress->id));
}

static void write_to(const char *path, const char *text)
{
	int file = open(path, O_WRONLY);

	if (file < 0 || write(file, text, strlen(text)) < 0)
		fail("%s", path);
	close(file);
}

/* /modules/0, /modules/1 and so on, as far as there are any. */
static void load_modules(void)
{
	char path[32];

	for (int i = 0;; i++) {
		int module;

		snprintf(path, sizeof(path), "/modules/%d", i);
		module = open(path, O_RDONLY | O_CLOEXEC);
		if (module < 0)
			return;
		if (syscall(SYS_finit_module, module, "", 0) != 0)
			fail("%s", path);
		close(module);
	}
}

static void prepare(void)
{
	mkdir("/dev", 0755);
	mkdir("/proc", 0755);
	if (mount("dev", "/dev", "devtmpfs", 0, NULL) != 0 && errno != EBUSY)
		fail("/dev");
	if (mount("proc", "/proc", "proc", 0, NULL) != 0)
		fail("/proc");
	write_to("/proc/sys/kernel/keys/root_maxkeys", "100000000");
	write_to("/proc/sys/kernel/keys/root_maxbytes", "2000000000");
	for (int i = 0; i < 100 && (verdicts = open("/dev/vport0p1", O_WRONLY)) < 0; i++)
		usleep(100000);
	if (verdicts < 0)
		fail("/dev/vport0p1");
}

int main(void)
{
	char line[64];
	int status = 1;

	progress = mmap(NULL, sizeof(*progress), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (progress == MAP_FAILED)
		fail("memory");
	prepare();
	load_modules();
	open_corpus(&progress->at, &case_count);
	while (progress->answered < case_count) {
		pid_t child = fork();

		if (child < 0)
			fail("fork");
		if (child == 0) {
			ask_all();
			_exit(0);
		}
		if (waitpid(child, &status, 0) != child)
			fail("wait");
		if (status != 0)
			skip();
	}
	say(line, (size_t)snprintf(line, sizeof(line), "end\t%u\n", case_count));
	reboot(RB_POWER_OFF);
	return 1;
}
