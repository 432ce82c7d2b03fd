// SPDX-License-Identifier: Apache-2.0
#include "manifest.h"

#include <string.h>

#include "manifest_line.h"
#include "manifest_program.h"

static const char *const keyring_kinds[] = {"user", "builtin", "secondary", "platform"};
static const char *const loads_names[] = {"types", "signed", "any"};

const char *keyring_kind_name(enum keyring_kind kind)
{
	return keyring_kinds[kind];
}

const char *loads_name(enum guard_loads loads)
{
	return loads_names[loads];
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

static bool read_cert(struct line_reader *in, const char *keyword, struct manifest_cert *certs, unsigned *count)
{
	struct manifest_cert *cert = &certs[*count];
	size_t length;

	if (*count == MANIFEST_CERTS_MAX)
		return line_fault(in, 0, "at most 16 such lines");
	if (!line_expect(in, keyword, 3, "cert|confirm NAME.der SHA256"))
		return false;
	cert->name = in->words[1];
	length = strlen(cert->name);
	if (!word_has_shape(cert->name, WORD_FILE_NAME) || length <= 4 || strcmp(cert->name + length - 4, ".der") != 0)
		return line_fault(in, 1, "a file name that ends with .der");
	for (unsigned i = 0; i < *count; i++) {
		if (strcmp(certs[i].name, cert->name) == 0)
			return line_fault(in, 1, "a certificate not named before");
	}
	if (!word_sha256(in->words[2], cert->sha256))
		return line_fault(in, 2, "64 lower-case hex digits");
	(*count)++;
	return line_next(in);
}

static bool read_certs(struct line_reader *in, struct manifest *out)
{
	while (line_is(in, "cert")) {
		if (out->keyring != KEYRING_USER)
			return line_fault(in, 0, "no cert line, they belong to keyring user");
		if (!read_cert(in, "cert", out->certs, &out->cert_count))
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

static bool read_loads(struct line_reader *in, struct manifest *out)
{
	const char *shape = "guard types|signed|any";

	if (!line_expect(in, "guard", 2, shape))
		return false;
	for (unsigned loads = 0; loads < sizeof(loads_names) / sizeof(loads_names[0]); loads++) {
		if (strcmp(in->words[1], loads_names[loads]) == 0) {
			out->loads = (enum guard_loads)loads;
			return line_next(in);
		}
	}
	return line_fault(in, 1, shape);
}

static bool read_guard(struct line_reader *in, struct manifest *out)
{
	if (!line_is(in, "guard"))
		return true;
	out->guarded = true;
	out->guard.name = "guard";
	if (!read_loads(in, out) || !manifest_read_parts(in, false, &out->guard))
		return false;
	while (line_is(in, "confirm")) {
		if (!read_cert(in, "confirm", out->confirms, &out->confirm_count))
			return false;
	}
	return true;
}

static bool read_programs(struct line_reader *in, struct manifest *out)
{
	do {
		if (out->program_count == MANIFEST_PROGRAMS_MAX)
			return line_fault(in, 0, "at most 64 programs");
		if (!manifest_read_program(in, out))
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
	return read_head(&in, out) && read_outcome(&in, out) && read_guard(&in, out) &&
	       read_programs(&in, out);
}
