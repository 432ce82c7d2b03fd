// SPDX-License-Identifier: Apache-2.0
/*
 * Steps of a model of the guard, taken on the kernel. A line of the script is one of
 *
 *	create NAME			pin a new link on the root cgroup, by this name in the guard's bpffs
 *	open NAME | close NAME		get and drop a file descriptor of the link
 *	unlink NAME | detach NAME
 *	stop NAME KEY FLAW | hold NAME KEY FLAW | replace NAME KEY FLAW
 *	again				confirm the last token once more
 *	load				load the program that replace names
 *	old HEX HEX			confirm a token and its signature that are given
 *
 * and is answered by "bpfseal-state: RESULT alive|gone SEQUENCE": whether the link that was meant exists afterwards, and the
 * sequence number that the status then has.
 */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "attack.h"
#include "error_name.h"
#include "token_maker.h"

enum { SLOTS = 512, LINE_SIZE = 2 * (GUARD_SIGNATURE_MAX + 1000), CMD_LINK_DETACH = 34, UNKNOWN_OPERATION = 7, SETTLE = 40000 };

static struct slot {
	char name[64];
	uint32_t id;
	int fd;
} slots[SLOTS];

static struct signed_token last;
static int last_pin = -1;

static const char *path_of(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "/bpfseal/%s", name);
	return path;
}

static struct slot *slot_of(const char *name)
{
	struct slot *slot = slots;

	while (slot->name[0] != '\0' && strcmp(slot->name, name) != 0)
		slot++;
	if (slot->name[0] == '\0') {
		*slot = (struct slot){.id = link_id_of_pin(path_of(name)), .fd = -1};
		snprintf(slot->name, sizeof(slot->name), "%s", name);
	}
	return slot;
}

static int create(const char *name)
{
	int error;

	mkdir("/bpfseal/late", 0700);
	error = pin_cgroup_link("/sys/fs/cgroup", path_of(name));
	return error;
}

static int open_link(struct slot *slot)
{
	int fd = get_pin(path_of(slot->name));

	if (fd < 0)
		return fd;
	if (slot->fd >= 0)
		close(slot->fd);
	slot->fd = fd;
	return 0;
}

static int close_link(struct slot *slot)
{
	if (slot->fd >= 0)
		close(slot->fd);
	slot->fd = -1;
	return 0;
}

static int detach(struct slot *slot)
{
	uint32_t args[1] = {(uint32_t)(slot->fd >= 0 ? dup(slot->fd) : get_pin(path_of(slot->name)))};
	int error;

	if ((int)args[0] < 0)
		return -ENOENT;
	error = system_bpf((enum bpf_command)CMD_LINK_DETACH, args, sizeof(args));
	close((int)args[0]);
	return error;
}

static int confirm_last(void)
{
	struct guard_confirm args = token_args(&last, last_pin);

	return confirm_args(&args);
}

static void spoil(struct guard_token *body, const char *flaw)
{
	if (strcmp(flaw, "sequence") == 0)
		body->sequence++;
	else if (strcmp(flaw, "boot") == 0)
		body->nonce[0] ^= 1;
	else if (strcmp(flaw, "name") == 0)
		body->name[0] = body->name[0] == 'x' ? 'y' : 'x';
	else if (strcmp(flaw, "operation") == 0)
		body->operation = UNKNOWN_OPERATION;
	else if (strcmp(flaw, "link") == 0)
		body->link += 1000000;
	else if (strcmp(flaw, "form") == 0)
		body->magic[0] ^= 1;
}

static int ask(uint32_t operation, struct slot *slot, const char *key, const char *flaw)
{
	struct guard_token body = token_of(operation, slot->id, slot->name);

	if (operation == OPERATION_REPLACE)
		read_file("/loads/own.sha256", body.digest, sizeof(body.digest));
	spoil(&body, flaw);
	last = token_signed(body, key);
	if (strcmp(flaw, "signature") == 0)
		last.signature[last.signature_size - 1] ^= 1;
	if (last_pin >= 0)
		close(last_pin);
	last_pin = operation == OPERATION_HOLD ? open(path_of(slot->name), O_PATH | O_CLOEXEC) : -1;
	return confirm_last();
}

static uint32_t from_hex(const char *hex, uint8_t *out, uint32_t room)
{
	uint32_t size = 0;

	for (unsigned byte; size < room && sscanf(hex + 2 * size, "%2x", &byte) == 1; size++)
		out[size] = (uint8_t)byte;
	return size;
}

static int confirm_old(const char *token, const char *signature)
{
	from_hex(token, (uint8_t *)&last.body, sizeof(last.body));
	last.signature_size = from_hex(signature, last.signature, sizeof(last.signature));
	return confirm_last();
}

static int load(void)
{
	int fd = load_signed_by_image_key();

	if (fd < 0)
		return fd;
	close(fd);
	return 0;
}

static int on_link(const char *verb, struct slot *slot, const char *key, const char *flaw)
{
	if (strcmp(verb, "open") == 0)
		return open_link(slot);
	if (strcmp(verb, "close") == 0)
		return close_link(slot);
	if (strcmp(verb, "unlink") == 0)
		return result_of(unlink(path_of(slot->name)));
	if (strcmp(verb, "detach") == 0)
		return detach(slot);
	if (strcmp(verb, "stop") == 0)
		return ask(OPERATION_STOP, slot, key, flaw);
	if (strcmp(verb, "hold") == 0)
		return ask(OPERATION_HOLD, slot, key, flaw);
	return strcmp(verb, "replace") == 0 ? ask(OPERATION_REPLACE, slot, key, flaw) : -EINVAL;
}

static void step(char *line)
{
	static struct guard_status status;
	const char *words[4] = {"", "", "", ""};
	struct slot *slot = NULL;
	unsigned count = 0;
	int error;

	for (char *word = strtok(line, " \n"); word != NULL && count < 4; word = strtok(NULL, " \n"))
		words[count++] = word;
	if (strcmp(words[0], "create") == 0) {
		error = create(words[1]);
		slot = slot_of(words[1]);
	} else if (strcmp(words[0], "again") == 0) {
		error = confirm_last();
	} else if (strcmp(words[0], "load") == 0) {
		error = load();
	} else if (strcmp(words[0], "old") == 0) {
		error = confirm_old(words[1], words[2]);
	} else {
		slot = slot_of(words[1]);
		error = on_link(words[0], slot, words[2], words[3]);
	}
	/* A link goes a moment after its last reference. */
	usleep(SETTLE);
	guard_status_read(&status);
	printf("bpfseal-state: %s %s %" PRIu64 "\n", error_name(error), slot == NULL || link_exists(slot->id) ? "alive" : "gone",
	       status.sequence);
	fflush(stdout);
	tcdrain(STDOUT_FILENO);
}

void replay(void)
{
	static char line[LINE_SIZE];
	FILE *script = fopen(REPLAY_SCRIPT, "r");

	token_console();
	mkdir("/proc", 0755);
	mkdir("/sys", 0755);
	mount("proc", "/proc", "proc", 0, NULL);
	mount("sysfs", "/sys", "sysfs", 0, NULL);
	mount("cgroup2", "/sys/fs/cgroup", "cgroup2", 0, NULL);
	while (script != NULL && fgets(line, sizeof(line), script) != NULL)
		step(line);
	printf("bpfseal-state: end\n");
	fflush(stdout);
	tcdrain(STDOUT_FILENO);
}
