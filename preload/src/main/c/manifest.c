// SPDX-License-Identifier: Apache-2.0
#include "manifest.h"

#include <string.h>

#include "manifest_line.h"
#include "manifest_link.h"
#include "type_names.h"

static const char *const keyring_kinds[] = {"user", "builtin", "secondary", "platform"};
static const char *const form_names[] = {"7.3", "6.18"};

const char *keyring_kind_name(enum keyring_kind kind)
{
	return keyring_kinds[kind];
}

const char *form_name(enum form_kind form)
{
	return form_names[form];
}

static bool read_keyring(struct line_reader *in, struct manifest *out)
{
	const char *shape = "keyring user|builtin|secondary|platform";

	if (!line_expect(in, "keyring", 2, shape))
		return false;
	for (unsigned kind = 0; kind < sizeof(keyring_kinds) / sizeof(keyring_kinds[0]); kind++) {
		if (strcmp(in->words[1], keyring_kinds[kind]) == 0) {
			out->keyring = (enum keyring_kind)kind;
			return line_next(in);
		}
	}
	return line_fault(in, 1, shape);
}

static bool read_cert(struct line_reader *in, struct manifest *out)
{
	struct manifest_cert *cert = &out->certs[out->cert_count];
	size_t length;

	if (out->keyring != KEYRING_USER)
		return line_fault(in, 0, "no cert line, they belong to keyring user");
	if (out->cert_count == MANIFEST_CERTS_MAX)
		return line_fault(in, 0, "at most 16 cert lines");
	if (!line_expect(in, "cert", 3, "cert NAME.der SHA256"))
		return false;
	cert->name = in->words[1];
	length = strlen(cert->name);
	if (!word_has_shape(cert->name, WORD_FILE_NAME) || length <= 4 || strcmp(cert->name + length - 4, ".der") != 0)
		return line_fault(in, 1, "a file name that ends with .der");
	for (unsigned i = 0; i < out->cert_count; i++) {
		if (strcmp(out->certs[i].name, cert->name) == 0)
			return line_fault(in, 1, "a certificate not named before");
	}
	if (!word_sha256(in->words[2], cert->sha256))
		return line_fault(in, 2, "64 lower-case hex digits");
	out->cert_count++;
	return line_next(in);
}

static bool read_certs(struct line_reader *in, struct manifest *out)
{
	while (line_is(in, "cert")) {
		if (!read_cert(in, out))
			return false;
	}
	if (out->keyring == KEYRING_USER && out->cert_count == 0)
		return line_fault(in, 0, "cert NAME.der SHA256, keyring user needs one");
	return true;
}

static bool read_head(struct line_reader *in, struct manifest *out)
{
	if (!line_next(in) || !line_expect(in, "bpfseal-manifest", 2, "bpfseal-manifest 1"))
		return false;
	if (strcmp(in->words[1], "1") != 0)
		return line_fault(in, 1, "bpfseal-manifest 1");
	if (!line_next(in) || !line_expect(in, "version", 2, "version N"))
		return false;
	if (!word_number(in->words[1], 1, UINT32_MAX, &out->version))
		return line_fault(in, 1, "a number from 1 to 4294967295");
	return line_next(in) && read_keyring(in, out) && read_certs(in, out);
}

static bool read_outcome(struct line_reader *in, struct manifest *out)
{
	if (!line_expect(in, "failure", 2, "failure halt|reboot"))
		return false;
	out->failure = strcmp(in->words[1], "reboot") == 0 ? FAILURE_REBOOT : FAILURE_HALT;
	if (out->failure == FAILURE_HALT && strcmp(in->words[1], "halt") != 0)
		return line_fault(in, 1, "failure halt|reboot");
	if (!line_next(in) || !line_expect(in, "next", 2, "next /ABSOLUTE/PATH"))
		return false;
	out->next = in->words[1];
	if (!word_is_path(out->next, false))
		return line_fault(in, 1, "an absolute path");
	return line_next(in);
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

static bool read_map(struct line_reader *in, struct manifest_program *out)
{
	struct manifest_map *map = &out->maps[out->map_count];

	if (out->map_count == MANIFEST_MAPS_MAX)
		return line_fault(in, 0, "at most 64 map lines");
	if (in->count == 4 && strcmp(in->words[3], "pin") == 0)
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

static bool read_program_head(struct line_reader *in, struct manifest *manifest, struct manifest_program *out)
{
	if (!line_expect(in, "program", 3, "program NAME required|optional"))
		return false;
	out->name = in->words[1];
	if (!word_has_shape(out->name, WORD_PROGRAM_NAME))
		return line_fault(in, 1, "a program name");
	for (unsigned i = 0; i < manifest->program_count; i++) {
		if (strcmp(manifest->programs[i].name, out->name) == 0)
			return line_fault(in, 1, "a program not named before");
	}
	out->optional = strcmp(in->words[2], "optional") == 0;
	if (!out->optional && strcmp(in->words[2], "required") != 0)
		return line_fault(in, 2, "required|optional");
	if (!line_next(in) || !line_expect(in, "data", 3, "data SIZE SHA256"))
		return false;
	return read_file(in, 1, MANIFEST_DATA_MAX, &out->data);
}

static bool read_program(struct line_reader *in, struct manifest *manifest)
{
	struct manifest_program *program = &manifest->programs[manifest->program_count];

	if (!read_program_head(in, manifest, program) || !read_forms(in, program))
		return false;
	while (line_is(in, "map")) {
		if (!read_map(in, program))
			return false;
	}
	while (line_is(in, "prog")) {
		if (!read_prog(in, program))
			return false;
	}
	while (line_is(in, "link")) {
		if (!manifest_read_link(in, program) || !line_next(in))
			return false;
	}
	manifest->program_count++;
	return true;
}

static bool read_programs(struct line_reader *in, struct manifest *out)
{
	do {
		if (out->program_count == MANIFEST_PROGRAMS_MAX)
			return line_fault(in, 0, "at most 64 programs");
		if (!read_program(in, out))
			return false;
	} while (in->count > 0);
	return true;
}

bool manifest_parse(const uint8_t *bytes, size_t size, struct manifest *out, struct manifest_fault *fault)
{
	struct line_reader in = {.at = out->text, .fault = fault};

	memset(out, 0, sizeof(*out));
	if (size > MANIFEST_SIZE_MAX) {
		*fault = (struct manifest_fault){.line = 1, .column = 1, .expected = "at most 65536 bytes"};
		return false;
	}
	memcpy(out->text, bytes, size);
	in.end = out->text + size;
	return read_head(&in, out) && read_outcome(&in, out) && read_programs(&in, out);
}
