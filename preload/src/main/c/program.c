// SPDX-License-Identifier: Apache-2.0
#include "program.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "error_name.h"
#include "file.h"
#include "frozen_map.h"
#include "inventory.h"
#include "loader_program.h"

enum { SIGNATURE_SIZE_MAX = 8192, PATH_SIZE = 160 };

/* The files of one program, and the form that fits the kernel. */
struct program_files {
	enum form_kind form;
	struct file_bytes data, insns, signature;
};

static int choose_form(const struct manifest_program *program, const struct kernel_release *kernel, enum form_kind *form)
{
	if (kernel->major < 6 || (kernel->major == 6 && kernel->minor < 18))
		return -ENOPKG;
	*form = kernel->major > 7 || (kernel->major == 7 && kernel->minor >= 3) ? FORM_7_3 : FORM_6_18;
	return program->forms[*form].size == 0 ? -ENOPKG : 0;
}

static int read_part(const char *folder, const char *name, size_t size, struct file_bytes *out,
		     struct program_failure *failure)
{
	char path[PATH_SIZE];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	report_value(failure->detail, sizeof(failure->detail), name);
	return size == 0 ? file_read(path, SIGNATURE_SIZE_MAX, out) : file_read_exactly(path, size, out);
}

static int read_files(const struct manifest_program *program, unsigned position, struct program_files *files,
		      struct program_failure *failure)
{
	const char *form = form_name(files->form);
	char folder[PATH_SIZE / 2 + 32];
	char insns[16], signature[16];
	int error;

	snprintf(folder, sizeof(folder), "/etc/bpfseal/programs/%02u-%s", position, program->name);
	snprintf(insns, sizeof(insns), "%s/insns", form);
	snprintf(signature, sizeof(signature), "%s/sig.p7s", form);
	error = read_part(folder, "data", program->data.size, &files->data, failure);
	if (error == 0)
		error = read_part(folder, insns, program->forms[files->form].size, &files->insns, failure);
	if (error == 0)
		error = read_part(folder, signature, 0, &files->signature, failure);
	/* The kernel takes a load without a signature for an ordinary one. */
	if (error == 0 && files->signature.size == 0)
		error = -EBADMSG;
	if (error == 0)
		failure->detail[0] = '\0';
	return error;
}

static void release_files(struct program_files *files)
{
	file_release(&files->data);
	file_release(&files->insns);
	file_release(&files->signature);
}

/* From the files to fds in ctx; the loader program and its map stay open for system_close_all(). */
static int load_and_run(const struct manifest_program *program, const struct program_files *files, int32_t keyring,
			struct loaded_program *out, struct program_failure *failure)
{
	struct loader_program loader = {
		.insns = files->insns.bytes,
		.insns_size = (uint32_t)files->insns.size,
		.signature = files->signature.bytes,
		.signature_size = (uint32_t)files->signature.size,
		.binds_map = files->form == FORM_7_3,
		.keyring = keyring,
	};
	struct frozen_map map;
	int error = frozen_map_make(&map, files->data.bytes, program->data.size, program->forms[files->form].sha256);

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
	if (memcmp(map.sha256, program->data.sha256, MANIFEST_HASH_SIZE) != 0)
		return -EBADMSG;
	failure->step = "run";
	error = loader_program_run(&loader, out, failure->detail);
	if (error < 0)
		return error;
	failure->step = "inventory";
	return inventory_compare(out, failure->detail);
}

static int load(unsigned position, int32_t keyring, struct program_files *files, struct loaded_program *out,
		struct program_failure *failure)
{
	int error;

	failure->step = "read";
	error = read_files(out->manifest, position, files, failure);
	if (error == 0)
		error = load_and_run(out->manifest, files, keyring, out, failure);
	release_files(files);
	return error;
}

int program_load(const struct manifest_program *manifest, unsigned position, int32_t keyring,
		 const struct kernel_release *kernel, struct loaded_program *out, struct program_failure *failure)
{
	struct program_files files = {0};
	int error;

	*out = (struct loaded_program){.manifest = manifest};
	*failure = (struct program_failure){.step = "form"};
	error = choose_form(manifest, kernel, &files.form);
	if (error < 0) {
		report("program name=%s form=none step=form result=%s", manifest->name, error_name(error));
		return error;
	}
	error = load(position, keyring, &files, out, failure);
	if (error == 0)
		report("program name=%s form=%s step=load result=OK carrier=kernel", manifest->name, form_name(files.form));
	else
		report("program name=%s form=%s step=%s result=%s%s%s", manifest->name, form_name(files.form),
		       failure->step, error_name(error), failure->detail[0] != '\0' ? " detail=" : "", failure->detail);
	return error;
}
