// SPDX-License-Identifier: Apache-2.0
#include "challenge.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bpf_abi.h"
#include "complain.h"
#include "guard_status.h"
#include "manifest_line.h"
#include "system.h"

static struct guard_status status;

static void print(const char *operation, uint32_t id, const char *name)
{
	printf("bpfseal-challenge 1\noperation %s\nlink %" PRIu32 " %s\nsequence %" PRIu64 "\nnonce %s\n", operation, id, name,
	       status.sequence, status.nonce);
}

/* NULL after it has complained. */
static const struct status_link *held_link(const char *name, int *code)
{
	const struct status_link *link;
	int error = guard_status_read(&status);

	*code = EXIT_MALFORMED;
	if (error < 0)
		return complain_status(error), NULL;
	link = guard_status_link(&status, name);
	if (link != NULL && strcmp(link->state, "held") == 0)
		return link;
	*code = EXIT_REFUSED;
	complain("no held link %s", name);
	hint("bpfseal status lists what is held");
	return NULL;
}

int challenge_stop(const char *name)
{
	int code;
	const struct status_link *link = held_link(name, &code);

	if (link == NULL)
		return code;
	print("stop", link->id, link->name);
	return EXIT_DONE;
}

int challenge_replace(const char *name, const char *digest)
{
	uint8_t bytes[MANIFEST_HASH_SIZE];
	const struct status_link *link;
	int code;

	if (!word_sha256(digest, bytes)) {
		complain("a digest has 64 lower-case hex digits");
		return EXIT_USAGE;
	}
	link = held_link(name, &code);
	if (link == NULL)
		return code;
	print("replace", link->id, link->name);
	printf("digest %s\n", digest);
	return EXIT_DONE;
}

/* The id of the link that is pinned there, or 0. */
static uint32_t pinned_id(const char *pin)
{
	struct object_pin_args get = {.pathname = address_of(pin)};
	struct link_info info = {0};
	struct object_info_args query = {.info_len = LINK_INFO_SIZE, .info = address_of(&info)};
	int fd = system_bpf(CMD_OBJ_GET, &get, OBJECT_PIN_SIZE);

	if (fd < 0)
		return 0;
	query.bpf_fd = (uint32_t)fd;
	if (system_bpf(CMD_OBJ_GET_INFO_BY_FD, &query, OBJECT_INFO_SIZE) < 0)
		info.id = 0;
	close(fd);
	return info.id;
}

/* The last two parts of the path, or NULL. */
static const char *link_name(const char *pin)
{
	const char *at = strrchr(pin, '/');

	while (at != NULL && at > pin && at[-1] != '/')
		at--;
	return at == NULL || at == pin || strlen(at) >= GUARD_NAME_SIZE || strchr(at, ' ') != NULL ? NULL : at;
}

int challenge_hold(const char *pin)
{
	uint32_t id = pinned_id(pin);
	const char *name = link_name(pin);
	int error = guard_status_read(&status);

	if (error < 0)
		return complain_status(error);
	if (id == 0 || name == NULL) {
		complain("%s is no pin PROGRAM/LINK of a link", pin);
		return EXIT_MALFORMED;
	}
	print("hold", id, name);
	return EXIT_DONE;
}
