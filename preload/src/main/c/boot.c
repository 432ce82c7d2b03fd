// SPDX-License-Identifier: Apache-2.0
#include "boot.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "error_name.h"
#include "file.h"
#include "keyring.h"
#include "link.h"
#include "manifest.h"
#include "mounts.h"
#include "outcome.h"
#include "pins.h"
#include "program.h"
#include "report.h"
#include "system.h"

#define MANIFEST_PATH "/etc/bpfseal/manifest"

static struct manifest manifest;

/* What the last line of the report counts. */
struct tally {
	unsigned programs, links, failed;
};

static void read_kernel(struct kernel_release *out)
{
	struct utsname name;

	*out = (struct kernel_release){.text = "unknown"};
	if (uname(&name) < 0)
		return;
	report_value(out->text, sizeof(out->text), name.release);
	if (sscanf(name.release, "%u.%u", &out->major, &out->minor) != 2)
		out->major = out->minor = 0;
}

/* A manifest that can't be read has no failure mode of its own: the machine halts. */
static void read_manifest(const struct kernel_release *kernel)
{
	struct file_bytes file;
	struct manifest_fault fault = {0};
	char expected[DETAIL_SIZE];
	int error = file_read(MANIFEST_PATH, MANIFEST_SIZE_MAX, &file);

	if (error == 0 && manifest_parse(file.bytes, file.size, &manifest, &fault)) {
		file_release(&file);
		report("start version=%u kernel=%s", manifest.version, kernel->text);
		return;
	}
	report("start version=unknown kernel=%s", kernel->text);
	if (error < 0) {
		report("manifest result=%s", error_name(error));
		outcome_stop(FAILURE_HALT, "manifest", error, NULL);
	}
	report_value(expected, sizeof(expected), fault.expected);
	report("manifest result=EBADMSG line=%u column=%u expected=%s", fault.line, fault.column, expected);
	outcome_stop(FAILURE_HALT, "manifest", -EBADMSG, NULL);
}

static void mount_or_stop(enum mount_kind kind)
{
	int error = mount_needed(kind);

	if (error < 0) {
		report("mount path=%s result=%s", mount_path(kind), error_name(error));
		outcome_stop(manifest.failure, "mount", error, NULL);
	}
}

static int hold_maps(const struct loaded_program *loaded, const char **step)
{
	const struct manifest_program *program = loaded->manifest;

	*step = "pin";
	for (unsigned i = 0; i < program->map_count; i++) {
		int error;

		if (!program->maps[i].pinned)
			continue;
		error = pin_map(program, program->maps[i].name, loaded->maps[i]);
		report("map program=%s name=%s step=pin result=%s", program->name, program->maps[i].name, error_name(error));
		if (error < 0)
			return error;
	}
	return 0;
}

static int hold_links(const struct loaded_program *loaded, const char **step)
{
	const struct manifest_program *program = loaded->manifest;

	for (unsigned i = 0; i < program->link_count; i++) {
		const struct manifest_link *link = &program->links[i];
		int fd = link_attach(link, loaded->progs[link->prog]);
		int error = fd < 0 ? fd : pin_link(program, link->name, fd);

		*step = fd >= 0 && error < 0 ? "pin" : "attach";
		report("link program=%s name=%s kind=%s step=%s result=%s", program->name, link->name,
		       link_kind_name(link->kind), *step, error_name(error));
		if (error < 0)
			return error;
	}
	return 0;
}

/* Loads, attaches and pins one program; what an optional one had done before it failed is undone. */
static void start_program(unsigned index, int32_t keyring, const struct kernel_release *kernel, struct tally *tally)
{
	const struct manifest_program *program = &manifest.programs[index];
	struct loaded_program loaded;
	struct program_failure failure;
	int error = program_load(program, index + 1, keyring, kernel, &loaded, &failure);

	if (error == 0)
		error = hold_maps(&loaded, &failure.step);
	if (error == 0)
		error = hold_links(&loaded, &failure.step);
	if (error < 0 && !program->optional)
		outcome_stop(manifest.failure, failure.step, error, program->name);
	if (error < 0) {
		pins_remove(program);
		report("failure step=%s result=%s outcome=continue program=%s", failure.step, error_name(error), program->name);
		tally->failed++;
	} else {
		tally->programs++;
		tally->links += program->link_count;
	}
	system_close_all();
}

static void start_programs(int32_t keyring, const struct kernel_release *kernel)
{
	struct tally tally = {0};

	for (unsigned i = 0; i < manifest.program_count; i++)
		start_program(i, keyring, kernel, &tally);
	report("done programs=%u links=%u failed=%u next=%s", tally.programs, tally.links, tally.failed, manifest.next);
}

_Noreturn void boot(char **arguments)
{
	struct kernel_release kernel;
	const char *step = "keyring";
	int32_t keyring = 0;
	int error;

	umask(0);
	mount_needed(MOUNT_DEV);
	report_open_console();
	read_kernel(&kernel);
	read_manifest(&kernel);
	mount_or_stop(MOUNT_PROC);
	mount_or_stop(MOUNT_SYS);
	mount_or_stop(MOUNT_PINS);
	error = keyring_prepare(&manifest, &keyring, &step);
	if (error < 0)
		outcome_stop(manifest.failure, step, error, NULL);
	/* Nothing has verified the manifest's own signature: what it says is bound to nothing but the image. */
	report("manifest carrier=none");
	start_programs(keyring, &kernel);
	mounts_release();
	error = outcome_next(manifest.next, arguments);
	outcome_stop(manifest.failure, "next", error, NULL);
}
