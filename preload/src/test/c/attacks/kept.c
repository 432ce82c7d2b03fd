// SPDX-License-Identifier: Apache-2.0
/* The links that have to stay. */
#include <string.h>
#include <unistd.h>

#include "attack.h"

enum { LINKS_MAX = 256 };

static uint32_t links[LINKS_MAX];
static unsigned link_count;

bool link_exists(uint32_t id)
{
	struct object_id_args args = {.id = id - 1};

	return system_bpf(CMD_LINK_GET_NEXT_ID, &args, OBJECT_ID_SIZE) == 0 && args.next_id == id;
}

void note_links(void)
{
	struct object_id_args next = {0};

	while (link_count < LINKS_MAX && system_bpf(CMD_LINK_GET_NEXT_ID, &next, OBJECT_ID_SIZE) == 0)
		links[link_count++] = next.id = next.next_id;
}

bool links_alive(void)
{
	/* A link goes a moment after its last reference. */
	usleep(50000);
	for (unsigned i = 0; i < link_count; i++) {
		if (!link_exists(links[i]))
			return false;
	}
	return true;
}

void note_link(uint32_t id)
{
	if (link_count < LINKS_MAX)
		links[link_count++] = id;
}

void forget_links(void)
{
	link_count = 0;
}

void forget_link(uint32_t id)
{
	for (unsigned i = 0; i < link_count; i++) {
		if (links[i] == id)
			links[i] = links[--link_count];
	}
}

bool note_kept_links(void)
{
	static struct guard_status status;

	if (guard_status_read(&status) < 0)
		return false;
	for (unsigned i = 0; i < status.link_count && link_count < LINKS_MAX; i++) {
		if (strcmp(status.links[i].state, "released") != 0)
			links[link_count++] = status.links[i].id;
	}
	return link_count > 0;
}
