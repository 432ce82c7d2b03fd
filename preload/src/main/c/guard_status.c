// SPDX-License-Identifier: Apache-2.0
#include "guard_status.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "bpf_abi.h"
#include "system.h"

enum { LINE_SIZE = 256 };

#define FIRST_LINE "bpfseal-status 1\n"

/* An fd to read from if the link is an iterator's, else -errno. */
static int open_iterator(uint32_t id)
{
	struct object_id_args by_id = {.id = id};
	struct link_info info = {0};
	struct object_info_args query = {.info_len = LINK_INFO_SIZE, .info = address_of(&info)};
	struct object_id_args iterate = {0};
	int fd = system_bpf(CMD_LINK_GET_FD_BY_ID, &by_id, OBJECT_ID_SIZE);
	int out;

	if (fd < 0)
		return fd;
	query.bpf_fd = iterate.id = (uint32_t)fd;
	out = system_bpf(CMD_OBJ_GET_INFO_BY_FD, &query, OBJECT_INFO_SIZE);
	if (out == 0)
		out = info.type == LINK_TYPE_ITER ? system_bpf(CMD_ITER_CREATE, &iterate, ITER_CREATE_SIZE) : -EINVAL;
	close(fd);
	return out;
}

/* The first iterator whose text begins as a status does, behind its first line; NULL if there is none. */
static FILE *find_status(void)
{
	struct object_id_args next = {0};
	char line[LINE_SIZE];

	while (system_bpf(CMD_LINK_GET_NEXT_ID, &next, OBJECT_ID_SIZE) == 0) {
		int fd = open_iterator(next.next_id);
		FILE *in = fd < 0 ? NULL : fdopen(fd, "r");

		if (in != NULL && fgets(line, sizeof(line), in) != NULL && strcmp(line, FIRST_LINE) == 0)
			return in;
		if (in != NULL)
			fclose(in);
		else if (fd >= 0)
			close(fd);
		next.id = next.next_id;
	}
	return NULL;
}

static bool read_caller(const char *hex, char out[STATUS_WORD_SIZE + 1])
{
	for (unsigned i = 0; i < STATUS_WORD_SIZE; i++) {
		unsigned byte;

		if (sscanf(hex + 2 * i, "%2x", &byte) != 1)
			return false;
		out[i] = (char)(byte == 0 || (byte > ' ' && byte <= '~') ? byte : '_');
	}
	out[STATUS_WORD_SIZE] = '\0';
	return true;
}

static bool read_rule(const char *line, struct guard_status *out)
{
	struct status_rule *rule = &out->rules[out->rule_count];
	char caller[2 * STATUS_WORD_SIZE + 1];

	if (out->rule_count == STATUS_RULES_MAX)
		return false;
	out->rule_count++;
	return sscanf(line, "denied %15s %" SCNu64 " %32s", rule->name, &rule->count, caller) == 3 &&
	       strlen(caller) == 2 * STATUS_WORD_SIZE && read_caller(caller, rule->caller);
}

static bool read_link(const char *line, struct guard_status *out)
{
	struct status_link *link = &out->links[out->link_count];

	if (out->link_count == STATUS_LINKS_MAX)
		return false;
	out->link_count++;
	return sscanf(line, "link %" SCNu32 " %15s %" SCNd32 " %127s", &link->id, link->state, &link->keyring, link->name) == 4;
}

static bool read_line(const char *line, struct guard_status *out)
{
	if (strncmp(line, "denied ", 7) == 0)
		return read_rule(line, out);
	if (strncmp(line, "link ", 5) == 0)
		return read_link(line, out);
	return sscanf(line, "carrier guard %15s", out->guard_carrier) == 1 ||
	       sscanf(line, "carrier manifest %15s", out->manifest_carrier) == 1 ||
	       sscanf(line, "carrier programs %15s", out->programs_carrier) == 1 ||
	       sscanf(line, "version %" SCNu32, &out->version) == 1 ||
	       sscanf(line, "loads %15s", out->loads) == 1 ||
	       (sscanf(line, "nonce %32s", out->nonce) == 1 && strlen(out->nonce) == 32) ||
	       sscanf(line, "sequence %" SCNu64, &out->sequence) == 1;
}

int guard_status_read(struct guard_status *out)
{
	char line[LINE_SIZE];
	FILE *in = find_status();
	int error = -EBADMSG;

	memset(out, 0, sizeof(*out));
	if (in == NULL)
		return -ENOENT;
	while (fgets(line, sizeof(line), in) != NULL) {
		if (strcmp(line, "end\n") == 0) {
			error = 0;
			break;
		}
		if (!read_line(line, out))
			break;
	}
	fclose(in);
	return error;
}

const struct status_link *guard_status_link(const struct guard_status *status, const char *name)
{
	for (unsigned i = 0; i < status->link_count; i++) {
		if (strcmp(status->links[i].name, name) == 0)
			return &status->links[i];
	}
	return NULL;
}
