// SPDX-License-Identifier: Apache-2.0
#include "manifest_program.h"

#include <string.h>

#include "manifest_link.h"
#include "type_names.h"

static const char *const form_names[] = {"7.3", "6.18"};

const char *form_name(enum form_kind form)
{
	return form_names[form];
}

/* Both kinds of file consist of 8-byte units; only then does the kernel hash exactly the blob's bytes. */
static bool read_file(struct line_reader *in, unsigned word, uint32_t most, struct manifest_file *out)
{
	if (!word_number(in->words[word], 8, most, &out->size) || out->size % 8 != 0)
		return line_fault(in, word, "a size in bytes within the limit, a multiple of 8");
	if (!word_sha256(in->words[word + 1], out->sha256))
		return line_fault(in, word + 1, "64 lower-case hex digits");
	return line_next(in);
}

static bool read_forms(struct line_reader *in, struct manifest_program *out)
{
	bool found = false;

	for (unsigned form = 0; form < FORM_KINDS; form++) {
		if (!line_is(in, "form") || in->count < 2 || strcmp(in->words[1], form_names[form]) != 0)
			continue;
		found = true;
		if (!line_expect(in, "form", 4, "form 7.3|6.18 SIZE SHA256"))
			return false;
		if (!read_file(in, 2, MANIFEST_INSNS_MAX, &out->forms[form]))
			return false;
	}
	return found || line_fault(in, 0, "form 7.3|6.18 SIZE SHA256");
}

static bool pin_is_free(const struct manifest_program *program, const char *name)
{
	for (unsigned i = 0; i < program->map_count; i++) {
		if (program->maps[i].pinned && strcmp(program->maps[i].name, name) == 0)
			return false;
	}
	return strchr(name, '.') == NULL;
}

static bool read_map(struct line_reader *in, bool with_pins, struct manifest_program *out)
{
	struct manifest_map *map = &out->maps[out->map_count];

	if (out->map_count == MANIFEST_MAPS_MAX)
		return line_fault(in, 0, "at most 64 map lines");
	if (with_pins && in->count == 4 && strcmp(in->words[3], "pin") == 0)
		map->pinned = true;
	else if (!line_expect(in, "map", 3, "map NAME TYPE [pin]"))
		return false;
	map->name = in->words[1];
	if (!word_has_shape(map->name, WORD_OBJECT_NAME))
		return line_fault(in, 1, "a kernel map name");
	map->type = map_type_number(in->words[2]);
	if (map->type < 0)
		return line_fault(in, 2, "a map type");
	if (map->pinned && !pin_is_free(out, map->name))
		return line_fault(in, 3, "no pin, the name has a dot or is pinned before");
	out->map_count++;
	return line_next(in);
}

static bool read_prog(struct line_reader *in, struct manifest_program *out)
{
	struct manifest_prog *prog = &out->progs[out->prog_count];

	if (out->prog_count == MANIFEST_PROGS_MAX)
		return line_fault(in, 0, "at most 32 prog lines");
	if (!line_expect(in, "prog", 3, "prog NAME TYPE"))
		return false;
	prog->name = in->words[1];
	if (!word_has_shape(prog->name, WORD_OBJECT_NAME))
		return line_fault(in, 1, "a kernel program name");
	prog->type = prog_type_number(in->words[2]);
	if (prog->type < 0)
		return line_fault(in, 2, "a program type");
	out->prog_count++;
	return line_next(in);
}

bool manifest_read_parts(struct line_reader *in, bool with_pins, struct manifest_program *out)
{
	if (!line_expect(in, "data", 3, "data SIZE SHA256") || !read_file(in, 1, MANIFEST_DATA_MAX, &out->data))
		return false;
	if (!read_forms(in, out))
		return false;
	while (line_is(in, "map")) {
		if (!read_map(in, with_pins, out))
			return false;
	}
	while (line_is(in, "prog")) {
		if (!read_prog(in, out))
			return false;
	}
	return true;
}

static bool read_name(struct line_reader *in, const struct manifest *manifest, struct manifest_program *out)
{
	if (!line_expect(in, "program", 3, "program NAME required|optional"))
		return false;
	out->name = in->words[1];
	if (!word_has_shape(out->name, WORD_PROGRAM_NAME))
		return line_fault(in, 1, "a program name");
	if (manifest->guarded && strcmp(out->name, manifest->guard.name) == 0)
		return line_fault(in, 1, "another name than the guard's");
	for (unsigned i = 0; i < manifest->program_count; i++) {
		if (strcmp(manifest->programs[i].name, out->name) == 0)
			return line_fault(in, 1, "a program not named before");
	}
	out->optional = strcmp(in->words[2], "optional") == 0;
	if (!out->optional && strcmp(in->words[2], "required") != 0)
		return line_fault(in, 2, "required|optional");
	return line_next(in);
}

bool manifest_read_program(struct line_reader *in, struct manifest *manifest)
{
	struct manifest_program *program = &manifest->programs[manifest->program_count];

	if (!read_name(in, manifest, program) || !manifest_read_parts(in, true, program))
		return false;
	while (line_is(in, "link")) {
		if (!manifest_read_link(in, manifest, program) || !line_next(in))
			return false;
	}
	manifest->program_count++;
	return true;
}
