// SPDX-License-Identifier: Apache-2.0
#include "manifest_link.h"

#include <string.h>

#include "bpf_abi.h"

enum { FIRST_KEY = 4 };

/* Takes the keys of one kind; *word is the next one's place in the line and is moved behind those taken. */
typedef bool (*key_reader)(struct line_reader *in, unsigned *word, struct manifest_link *out);

static bool take_text(struct line_reader *in, unsigned *word, const char *key, enum word_shape shape, const char **out)
{
	*out = line_value(in, *word, key);
	if (*out == NULL || !word_has_shape(*out, shape))
		return false;
	(*word)++;
	return true;
}

static bool take_number(struct line_reader *in, unsigned *word, const char *key, uint32_t most, uint32_t *out)
{
	const char *value = line_value(in, *word, key);

	if (value == NULL || !word_number(value, 0, most, out))
		return false;
	(*word)++;
	return true;
}

/* [ret=1] */
static bool take_return(struct line_reader *in, unsigned *word, struct manifest_link *out)
{
	const char *value = line_value(in, *word, "ret");

	if (value == NULL)
		return true;
	out->on_return = true;
	(*word)++;
	return strcmp(value, "1") == 0;
}

static bool no_keys(struct line_reader *in, unsigned *word, struct manifest_link *out)
{
	(void)in;
	(void)word;
	(void)out;
	return true;
}

static bool raw_tracepoint_keys(struct line_reader *in, unsigned *word, struct manifest_link *out)
{
	return take_text(in, word, "name", WORD_TRACEPOINT, &out->target);
}

static bool cgroup_keys(struct line_reader *in, unsigned *word, struct manifest_link *out)
{
	if (!take_number(in, word, "attach_type", 255, &out->attach_type))
		return false;
	out->target = line_value(in, *word, "path");
	if (out->target == NULL || !word_is_path(out->target, true))
		return false;
	(*word)++;
	return true;
}

static bool xdp_keys(struct line_reader *in, unsigned *word, struct manifest_link *out)
{
	const char *mode;

	if (!take_text(in, word, "dev", WORD_DEVICE, &out->target))
		return false;
	mode = line_value(in, *word, "mode");
	if (mode == NULL)
		return true;
	out->mode = strcmp(mode, "generic") == 0 ? XDP_MODE_GENERIC : XDP_MODE_NATIVE;
	(*word)++;
	return out->mode == XDP_MODE_GENERIC || strcmp(mode, "native") == 0;
}

static bool tcx_keys(struct line_reader *in, unsigned *word, struct manifest_link *out)
{
	return take_text(in, word, "dev", WORD_DEVICE, &out->target) &&
	       take_number(in, word, "attach_type", 255, &out->attach_type);
}

static bool tracepoint_keys(struct line_reader *in, unsigned *word, struct manifest_link *out)
{
	return take_text(in, word, "category", WORD_TRACEPOINT, &out->category) &&
	       take_text(in, word, "name", WORD_TRACEPOINT, &out->target);
}

static bool kprobe_keys(struct line_reader *in, unsigned *word, struct manifest_link *out)
{
	if (!take_text(in, word, "func", WORD_FUNCTION, &out->target))
		return false;
	/* One spelling each: the function's start is named by no offset. */
	if (line_value(in, *word, "offset") != NULL &&
	    (!take_number(in, word, "offset", UINT32_MAX, &out->offset) || out->offset == 0))
		return false;
	return take_return(in, word, out);
}

/* funcs=a,b,c: the commas become NULs. */
static bool kprobe_multi_keys(struct line_reader *in, unsigned *word, struct manifest_link *out)
{
	char *function = line_value(in, *word, "funcs");

	out->target = function;
	while (function != NULL) {
		char *comma = strchr(function, ',');

		if (comma != NULL)
			*comma = '\0';
		if (!word_has_shape(function, WORD_FUNCTION))
			return false;
		out->target_count++;
		function = comma == NULL ? NULL : comma + 1;
	}
	if (out->target == NULL)
		return false;
	(*word)++;
	return take_return(in, word, out);
}

static bool netfilter_keys(struct line_reader *in, unsigned *word, struct manifest_link *out)
{
	const char *priority;

	if (!take_number(in, word, "pf", 255, &out->pf) || !take_number(in, word, "hook", 255, &out->hook))
		return false;
	priority = line_value(in, *word, "priority");
	if (priority == NULL || !word_signed_number(priority, &out->priority))
		return false;
	(*word)++;
	return true;
}

static const struct {
	const char *name;
	key_reader keys;
	const char *shape;
} kinds[LINK_KINDS] = {
	[LINK_LSM] = {"lsm", no_keys, "no key"},
	[LINK_TRACING] = {"tracing", no_keys, "no key"},
	[LINK_ITER] = {"iter", no_keys, "no key"},
	[LINK_RAW_TRACEPOINT] = {"raw_tracepoint", raw_tracepoint_keys, "name=TRACEPOINT"},
	[LINK_CGROUP] = {"cgroup", cgroup_keys, "attach_type=N path=/ABSOLUTE"},
	[LINK_XDP] = {"xdp", xdp_keys, "dev=INTERFACE [mode=generic|native]"},
	[LINK_TCX] = {"tcx", tcx_keys, "dev=INTERFACE attach_type=N"},
	[LINK_TRACEPOINT] = {"tracepoint", tracepoint_keys, "category=CATEGORY name=TRACEPOINT"},
	[LINK_KPROBE] = {"kprobe", kprobe_keys, "func=FUNCTION [offset=N] [ret=1]"},
	[LINK_KPROBE_MULTI] = {"kprobe_multi", kprobe_multi_keys, "funcs=FUNCTION,FUNCTION [ret=1]"},
	[LINK_NETFILTER] = {"netfilter", netfilter_keys, "pf=N hook=N priority=N"},
};

const char *link_kind_name(enum link_kind kind)
{
	return kinds[kind].name;
}

/*
 * Finds the prog line of a name that stands on one prog line only, or of NAME:K, the K-th (from 1) of several with this
 * name: the kernel cuts names to 15 characters, so different functions may end up with the same one.
 */
static bool find_prog(struct line_reader *in, const struct manifest_program *program, unsigned *out)
{
	char *colon = strchr(in->words[2], ':');
	uint32_t wanted = 1;
	unsigned found = 0;
	bool good = true;

	if (colon != NULL) {
		good = word_number(colon + 1, 1, MANIFEST_PROGS_MAX, &wanted);
		*colon = '\0';
	}
	for (unsigned i = 0; i < program->prog_count; i++) {
		if (strcmp(program->progs[i].name, in->words[2]) == 0 && ++found == wanted)
			*out = i;
	}
	/* One spelling each: with a number just where it is needed. */
	good = good && found >= wanted && (found > 1) == (colon != NULL);
	return good || line_fault(in, 2, "the name of one prog line, or NAME:K if several have it");
}

static uint32_t everyone(const struct manifest *manifest)
{
	return (1u << manifest->confirm_count) - 1;
}

/* NAME.der,NAME.der of confirm lines in their order, not all of them: stop-on-confirm alone says that. */
static bool read_confirmers(const struct manifest *manifest, char *name, struct manifest_link *link)
{
	unsigned next = 0;

	while (name != NULL) {
		char *comma = strchr(name, ',');

		if (comma != NULL)
			*comma = '\0';
		while (next < manifest->confirm_count && strcmp(manifest->confirms[next].name, name) != 0)
			next++;
		if (next == manifest->confirm_count)
			return false;
		link->confirmers |= 1u << next++;
		name = comma == NULL ? NULL : comma + 1;
	}
	return link->confirmers != everyone(manifest);
}

/* What the end of a device or of a cgroup ends, whatever the guard says. */
static bool ends_with_its_target(const struct manifest_link *link)
{
	return link->kind == LINK_XDP || link->kind == LINK_TCX ||
	       (link->kind == LINK_CGROUP && strcmp(link->target, "/") != 0);
}

/*
 * HOLD: stop-on-confirm (each confirm line's key may), stop-on-confirm=NAME.der,... (these) or stop-on-confirm=none, then
 * the word best-effort for the links, and only for those, that end with their device or cgroup.
 */
static bool read_hold(struct line_reader *in, unsigned *word, const struct manifest *manifest, struct manifest_link *link)
{
	bool plain = *word < in->count && strcmp(in->words[*word], "stop-on-confirm") == 0;
	char *confirmers = line_value(in, *word, "stop-on-confirm");
	bool best_effort;

	if (!plain && confirmers == NULL)
		return true;
	if (!manifest->guarded)
		return line_fault(in, *word, "no hold, the image has no guard");
	link->held = true;
	if (plain)
		link->confirmers = everyone(manifest);
	if (plain && manifest->confirm_count == 0)
		return line_fault(in, *word, "stop-on-confirm=none, there is no confirm line");
	if (!plain && strcmp(confirmers, "none") != 0 && !read_confirmers(manifest, confirmers, link))
		return line_fault(in, *word, "stop-on-confirm=none, or names of confirm lines in order, not all");
	(*word)++;
	best_effort = *word < in->count && strcmp(in->words[*word], "best-effort") == 0;
	if (best_effort != ends_with_its_target(link))
		return line_fault(in, *word, "best-effort just where a device's or cgroup's end ends the link");
	*word += best_effort;
	return true;
}

static bool read_kind(struct line_reader *in, const struct manifest *manifest, struct manifest_link *link)
{
	for (unsigned kind = 0; kind < LINK_KINDS; kind++) {
		unsigned word = FIRST_KEY;

		if (strcmp(in->words[3], kinds[kind].name) != 0)
			continue;
		link->kind = (enum link_kind)kind;
		if (!kinds[kind].keys(in, &word, link))
			return line_fault(in, word < in->count ? word : in->count - 1, kinds[kind].shape);
		if (!read_hold(in, &word, manifest, link))
			return false;
		return word == in->count || line_fault(in, word, kinds[kind].shape);
	}
	return line_fault(in, 3, "a link kind");
}

bool manifest_read_link(struct line_reader *in, const struct manifest *manifest, struct manifest_program *program)
{
	struct manifest_link *link = &program->links[program->link_count];

	if (program->link_count == MANIFEST_LINKS_MAX)
		return line_fault(in, 0, "at most 64 link lines");
	if (in->count < FIRST_KEY)
		return line_fault(in, in->count - 1, "link LINK PROG KIND [key=value ...] [hold]");
	link->name = in->words[1];
	/* The pinned maps lie in a folder of this name beside the links. */
	if (!word_has_shape(link->name, WORD_PROGRAM_NAME) || strcmp(link->name, "maps") == 0)
		return line_fault(in, 1, "a link name, not maps");
	for (unsigned i = 0; i < program->link_count; i++) {
		if (strcmp(program->links[i].name, link->name) == 0)
			return line_fault(in, 1, "a link not named before");
	}
	if (!find_prog(in, program, &link->prog) || !read_kind(in, manifest, link))
		return false;
	program->link_count++;
	return true;
}
