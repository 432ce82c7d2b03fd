// SPDX-License-Identifier: Apache-2.0
/*
 * Steps that a case of kind 3 takes between its certificates and its load. Behind the certificates: u32 steps, each u32
 * what, s32 a, s32 b, u32 blob, u32 blob; then u8 whether there is a load, and if so the part of kind 0. Keys and
 * keyrings are named by the number of what made them: 0 is the case's keyring, each step below that makes one counts on;
 * negative numbers are the kernel's special ids, and those below -100 the system keyrings. keyring_id 0x7fffff00 + n of
 * the load is the serial of number n. Each step answers a word, or a dash if it needs what could not be made.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "judge.h"

#define MOST_MADE 64
#define NOTHING (-1000000)
#define NUMBERED 0x7fffff00

enum keyctl {
	JOIN_SESSION = 1, REVOKE = 3, LINK = 8, UNLINK = 9, TIMEOUT = 15, CLEAR = 7, INVALIDATE = 21,
	RESTRICT = 29
};

static long made[MOST_MADE];
static unsigned made_count;

static long control(enum keyctl what, long a, long b, const void *c)
{
	return syscall(SYS_keyctl, (long)what, a, b, c, 0L);
}

static void keep(long serial)
{
	if (made_count == MOST_MADE)
		fail("more than %d keys", MOST_MADE);
	made[made_count++] = serial < 0 ? NOTHING : serial;
}

/* A system keyring's serial, by /proc/keys. */
static long system_keyring(long which)
{
	static const char *const names[] = { ".fs-verity", ".builtin_trusted_keys", ".secondary_trusted_keys",
					     ".platform", ".machine", ".blacklist" };
	char line[512], wanted[64];
	unsigned serial = 0;
	FILE *keys = fopen("/proc/keys", "re");

	if (keys == NULL || which < 0 || (size_t)which >= sizeof(names) / sizeof(names[0]))
		fail("keyring %ld", which);
	snprintf(wanted, sizeof(wanted), " keyring   %s: ", names[which]);
	while (serial == 0 && fgets(line, sizeof(line), keys) != NULL)
		if (strstr(line, wanted) != NULL && sscanf(line, "%x", &serial) != 1)
			fail("/proc/keys: %s", line);
	fclose(keys);
	return serial == 0 ? NOTHING : (long)serial;
}

long numbered(long number_of_key)
{
	if (number_of_key <= -100)
		return system_keyring(-100 - number_of_key);
	if (number_of_key < 0)
		return number_of_key;
	if ((unsigned long)number_of_key >= made_count)
		fail("key %ld of %u", number_of_key, made_count);
	return made[number_of_key];
}

int32_t numbered_keyring(int32_t id)
{
	long serial;

	if (id < NUMBERED || id >= NUMBERED + MOST_MADE)
		return id;
	serial = numbered(id - NUMBERED);
	return serial == NOTHING ? 999999999 : (int32_t)serial;
}

/* Lets a key's time run out, by the clock's going on. */
static long expire(long key)
{
	struct timespec now;

	if (control(TIMEOUT, key, 1, NULL) < 0)
		return -1;
	if (clock_gettime(CLOCK_REALTIME, &now) != 0)
		fail("clock");
	now.tv_sec += 2;
	if (clock_settime(CLOCK_REALTIME, &now) != 0)
		fail("clock");
	return 0;
}

static long restrict_to(long keyring, const struct blob *how, long named)
{
	char format[64], text[96];
	const char *mark;

	if (how->size == 0)
		return syscall(SYS_keyctl, (long)RESTRICT, keyring, NULL, NULL, 0L);
	if (how->size >= sizeof(format))
		fail("restriction of %u octets", how->size);
	memcpy(format, how->bytes, how->size);
	format[how->size] = '\0';
	mark = strchr(format, '#');
	if (mark == NULL)
		snprintf(text, sizeof(text), "%s", format);
	else
		snprintf(text, sizeof(text), "%.*s%ld%s", (int)(mark - format), format, named, mark + 1);
	return syscall(SYS_keyctl, (long)RESTRICT, keyring, "asymmetric", text, 0L);
}

/* Past the signature the kernel finds that these modules are no ELF files. */
static long module(const struct blob *file)
{
	if (syscall(SYS_init_module, file->bytes, (unsigned long)file->size, "") == 0)
		fail("a module was loaded");
	return errno == ENOEXEC ? 0 : -1;
}

static long enforce(void)
{
	int file = open("/sys/module/module/parameters/sig_enforce", O_WRONLY | O_CLOEXEC);
	ssize_t written = file < 0 ? -1 : write(file, "1", 1);

	if (written != 1)
		fail("sig_enforce");
	close(file);
	return 0;
}

/* Once, and for good; again it is refused, and nothing is changed. */
static long lock_down(void)
{
	static const char path[] = "/sys/kernel/security/lockdown";
	int file;

	mkdir("/sys", 0755);
	if (access(path, W_OK) != 0 && (mount("sys", "/sys", "sysfs", 0, NULL) != 0 && errno != EBUSY))
		fail("/sys");
	if (access(path, W_OK) != 0 && mount("security", "/sys/kernel/security", "securityfs", 0, NULL) != 0)
		fail("/sys/kernel/security");
	file = open(path, O_WRONLY | O_CLOEXEC);
	if (file < 0 || (write(file, "integrity", 9) < 0 && errno != EPERM))
		fail("lockdown");
	close(file);
	return 0;
}

static long add(const char *type, const struct blob *payload, long keyring)
{
	char name[32];
	int has_name = strcmp(type, "asymmetric") != 0;
	int is_keyring = strcmp(type, "keyring") == 0;
	long key;

	snprintf(name, sizeof(name), "made %u", made_count);
	key = syscall(SYS_add_key, type, has_name ? name : NULL, is_keyring ? NULL : payload->bytes,
		      is_keyring ? 0UL : (unsigned long)payload->size, keyring);
	keep(key);
	return key;
}

static long take(enum step what, long a, long b, const struct blob *first, const struct blob *second)
{
	switch (what) {
	case STEP_ADD: return add("asymmetric", first, a);
	case STEP_KEYRING: return add("keyring", first, a);
	case STEP_USER_KEY: return add("user", first, a);
	case STEP_EXPIRE: return expire(a);
	case STEP_REVOKE: return control(REVOKE, a, 0, NULL);
	case STEP_INVALIDATE: return control(INVALIDATE, a, 0, NULL);
	case STEP_UNLINK: return control(UNLINK, b, a, NULL);
	case STEP_LINK: return control(LINK, b, a, NULL);
	case STEP_CLEAR: return control(CLEAR, a, 0, NULL);
	case STEP_RESTRICT: return restrict_to(a, first, b);
	case STEP_JOIN_SESSION: {
		long session = control(JOIN_SESSION, 0, 0, NULL);

		keep(session);
		return session;
	}
	case STEP_MODULE: return module(first);
	case STEP_ENFORCE: return enforce();
	case STEP_LOCK_DOWN: return lock_down();
	case STEP_VERITY: return verity(first, second, (uint32_t)a, (int)b);
	case STEP_KFUNC: return kfunc(first, second, (uint32_t)a, b);
	}
	fail("step %d", (int)what);
}

/* Which numbers a step takes: bit 0 for a, bit 1 for b. */
static unsigned names(enum step what)
{
	switch (what) {
	case STEP_UNLINK:
	case STEP_LINK:
	case STEP_RESTRICT: return 3;
	case STEP_JOIN_SESSION:
	case STEP_MODULE:
	case STEP_ENFORCE:
	case STEP_LOCK_DOWN:
	case STEP_VERITY:
	case STEP_KFUNC: return 0;
	default: return 1;
	}
}

static const char *step(size_t *at)
{
	enum step what = (enum step)number(at, 4);
	long a = (int32_t)number(at, 4), b = (int32_t)number(at, 4);
	const struct blob *first = blob(at), *second = blob(at);

	if (names(what) & 1)
		a = numbered(a);
	if (names(what) & 2)
		b = numbered(b);
	if (a == NOTHING || b == NOTHING) {
		if (what == STEP_ADD || what == STEP_KEYRING || what == STEP_USER_KEY)
			keep(-1);
		return "-";
	}
	return name_of(take(what, a, b, first, second) < 0 ? errno : 0);
}

size_t take_steps(size_t *at, long keyring, char *words, size_t length, size_t size)
{
	/* No other thread may come between the steps, least of all the one that sweeps invalidated keys away. */
	const struct sched_param first = { .sched_priority = 1 };
	uint32_t steps = number(at, 4);

	if (syscall(SYS_sched_setscheduler, 0, SCHED_FIFO, &first) != 0)
		fail("scheduler");
	made_count = 0;
	keep(keyring);
	for (uint32_t i = 0; i < steps; i++) {
		length += (size_t)snprintf(words + length, size - length, "%s%s", length == 0 ? "" : ",", step(at));
		if (length + 32 > size)
			fail("%u steps", steps);
	}
	return length;
}

void skip_steps(size_t *at)
{
	uint32_t steps = number(at, 4);

	*at += 20 * (size_t)steps;
	*at += number(at, 1) != 0 ? 16 : 0;
}
