// SPDX-License-Identifier: Apache-2.0
#include "program.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "error_name.h"
#include "file.h"
#include "frozen_map.h"
#include "guard_command.h"
#include "inventory.h"
#include "loader_program.h"
#include "sha256.h"

enum { SIGNATURE_SIZE_MAX = 8192, PATH_SIZE = 160 };

static const char *const carriers[CARRIER_KINDS] = {"none", "guard", "kernel"};

/* The files of one program, and the form that fits the kernel. */
struct program_files {
	enum form_kind form;
	enum carrier carrier;
	struct file_bytes data, insns, signature;
};

const char *carrier_name(enum carrier carrier)
{
	return carriers[carrier];
}

/* Where nobody looks at the form's signature as such, the one for 7.3 does: it covers the blob too. */
static int choose_form(const struct program_source *source, const struct kernel_release *kernel,
		       struct program_files *files)
{
	files->carrier = kernel_verifies(kernel) ? CARRIER_KERNEL : source->otherwise;
	if (!kernel_verifies(kernel) && (source->otherwise == CARRIER_KERNEL || !kernel_is_at_least(kernel, 6, 12)))
		return -ENOPKG;
	files->form = kernel_verifies(kernel) && !kernel_is_at_least(kernel, 7, 3) ? FORM_6_18 : FORM_7_3;
	return source->manifest->forms[files->form].size == 0 ? -ENOPKG : 0;
}

static int read_part(const char *folder, const char *name, size_t size, struct file_bytes *out,
		     struct program_failure *failure)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	report_value(failure->detail, sizeof(failure->detail), name);
	return size == 0 ? file_read(path, SIGNATURE_SIZE_MAX, out) : file_read_exactly(path, size, out);
}

static int read_files(const struct program_source *source, struct program_files *files, struct program_failure *failure)
{
	const struct manifest_program *program = source->manifest;
	const char *form = form_name(files->form);
	char insns[16], signature[16];
	int error;

	snprintf(insns, sizeof(insns), "%s/insns", form);
	snprintf(signature, sizeof(signature), "%s/sig.p7s", form);
	error = read_part(source->folder, "data", program->data.size, &files->data, failure);
	if (error == 0)
		error = read_part(source->folder, insns, program->forms[files->form].size, &files->insns, failure);
	if (error == 0)
		error = read_part(source->folder, signature, 0, &files->signature, failure);
	/* The kernel takes a load without a signature for an ordinary one. */
	if (error == 0 && files->signature.size == 0)
		error = -EBADMSG;
	if (error == 0)
		failure->detail[0] = '\0';
	return error;
}

/* Where the kernel answers for the files it also compares them with these hashes (frozen_map.h), elsewhere we do. */
static int compare_hashes(const struct manifest_program *program, const struct program_files *files)
{
	return sha256_is(files->data.bytes, files->data.size, program->data.sha256) &&
			       sha256_is(files->insns.bytes, files->insns.size, program->forms[files->form].sha256) ?
		       0 :
		       -EBADMSG;
}

/* The guard checks what a kernel of 7.3 would: the instructions, then the blob. */
static int verify_by_guard(const struct program_files *files, int32_t keyring)
{
	size_t size = files->insns.size + files->data.size;
	uint8_t *content = malloc(size);
	int error;

	if (content == NULL)
		return -ENOMEM;
	memcpy(content, files->insns.bytes, files->insns.size);
	memcpy(content + files->insns.size, files->data.bytes, files->data.size);
	error = guard_verify(content, size, files->signature.bytes, files->signature.size, keyring);
	free(content);
	return error;
}

static void release_files(struct program_files *files)
{
	file_release(&files->data);
	file_release(&files->insns);
	file_release(&files->signature);
}

/* From the files to fds in ctx; the loader program and its map stay open for system_close_all(). */
static int load_and_run(const struct program_source *source, const struct program_files *files,
			struct loaded_program *out, struct program_failure *failure)
{
	const struct manifest_program *program = source->manifest;
	bool signed_load = files->carrier == CARRIER_KERNEL;
	struct loader_program loader = {
		.insns = files->insns.bytes,
		.insns_size = (uint32_t)files->insns.size,
		.signature = signed_load ? files->signature.bytes : NULL,
		.signature_size = signed_load ? (uint32_t)files->signature.size : 0,
		.binds_map = signed_load && files->form == FORM_7_3,
		.keyring = signed_load ? source->keyring : 0,
	};
	struct frozen_map map;
	int error = frozen_map_make(&map, files->data.bytes, program->data.size,
				    signed_load ? program->forms[files->form].sha256 : NULL);

	failure->step = map.step;
	if (error < 0)
		return error;
	loader.map_fd = map.fd;
	/* Even a blob that isn't the manifest's is offered first: the kernel's own answer says more. It never runs. */
	failure->step = "load";
	loader.fd = loader_program_load(&loader, failure->detail);
	if (loader.fd < 0)
		return loader.fd;
	failure->step = "hash";
	if (signed_load && memcmp(map.sha256, program->data.sha256, MANIFEST_HASH_SIZE) != 0)
		return -EBADMSG;
	failure->step = "run";
	error = loader_program_run(&loader, out, failure->detail);
	if (error < 0)
		return error;
	failure->step = "inventory";
	return inventory_compare(out, failure->detail);
}

static int load(const struct program_source *source, struct program_files *files, struct loaded_program *out,
		struct program_failure *failure)
{
	int error;

	failure->step = "read";
	error = read_files(source, files, failure);
	if (error == 0 && files->carrier != CARRIER_KERNEL) {
		failure->step = "hash";
		error = compare_hashes(source->manifest, files);
	}
	if (error == 0 && files->carrier == CARRIER_GUARD) {
		failure->step = "verify";
		error = verify_by_guard(files, source->keyring);
	}
	if (error == 0)
		error = load_and_run(source, files, out, failure);
	release_files(files);
	return error;
}

int program_load(const struct program_source *source, const struct kernel_release *kernel, struct loaded_program *out,
		 struct program_failure *failure)
{
	const struct manifest_program *manifest = source->manifest;
	struct program_files files = {0};
	int error;

	*out = (struct loaded_program){.manifest = manifest};
	*failure = (struct program_failure){.step = "form"};
	error = choose_form(source, kernel, &files);
	if (error < 0) {
		report("program name=%s form=none step=form result=%s", manifest->name, error_name(error));
		return error;
	}
	error = load(source, &files, out, failure);
	if (error == 0)
		report("program name=%s form=%s step=load result=OK carrier=%s", manifest->name, form_name(files.form),
		       carrier_name(files.carrier));
	else
		report("program name=%s form=%s step=%s result=%s%s%s", manifest->name, form_name(files.form),
		       failure->step, error_name(error), failure->detail[0] != '\0' ? " detail=" : "", failure->detail);
	return error;
}
