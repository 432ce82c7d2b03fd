// SPDX-License-Identifier: Apache-2.0
#include "boot.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "error_name.h"
#include "file.h"
#include "floor.h"
#include "guard.h"
#include "guard_command.h"
#include "kernel_release.h"
#include "keyring.h"
#include "link.h"
#include "lockdown.h"
#include "manifest.h"
#include "mounts.h"
#include "outcome.h"
#include "pins.h"
#include "program.h"
#include "report.h"
#include "system.h"

#define MANIFEST_PATH "/etc/bpfseal/manifest"
#define PROGRAM_FOLDER "/etc/bpfseal/programs/"
#define MANIFEST_SIGNATURE_PATH "/etc/bpfseal/manifest.p7s"

static struct manifest manifest;
static struct file_bytes manifest_file;

/* What the last line of the report counts. */
struct tally {
	unsigned programs, links, held, failed;
};

/* A manifest that can't be read has no failure mode of its own: the machine halts. */
static void read_manifest(const struct kernel_release *kernel)
{
	struct manifest_fault fault = {0};
	char expected[DETAIL_SIZE];
	int error = file_read(MANIFEST_PATH, MANIFEST_SIZE_MAX, &manifest_file);

	if (error == 0 && manifest_parse(manifest_file.bytes, manifest_file.size, &manifest, &fault)) {
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

/* An image that was replaced for a reason halts, whatever its own manifest wants. */
static void check_floor(void)
{
	uint32_t floor;
	int error = floor_read(&floor);

	if (error == 0 && floor == 0)
		return;
	if (error == 0 && manifest.version < floor)
		error = -ESTALE;
	report("floor min_version=%u version=%u result=%s", floor, manifest.version, error_name(error));
	if (error < 0)
		outcome_stop(FAILURE_HALT, "floor", error, NULL);
}

static int pin_maps(const struct loaded_program *loaded, const char **step)
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

static int hold(const struct manifest_program *program, const struct manifest_link *link)
{
	int32_t confirmers;
	int error = keyring_of_confirmers(&manifest, link->confirmers, &confirmers);

	return error < 0 ? error : guard_hold(program, link->name, confirmers);
}

static int start_link(const struct loaded_program *loaded, const struct manifest_link *link, const char **step)
{
	const struct manifest_program *program = loaded->manifest;
	int prog = loaded->progs[link->prog];
	int fd = link_attach(link, prog);
	int error = fd < 0 ? fd : pin_link(program, link->name, fd);
	*step = fd >= 0 && error < 0 ? "pin" : "attach";
	if (error == 0 && link->held) {
		*step = "hold";
		error = hold(program, link);
	}
	report("link program=%s name=%s kind=%s step=%s result=%s", program->name, link->name, link_kind_name(link->kind),
	       *step, error_name(error));
	return error;
}

static int start_links(const struct loaded_program *loaded, const char **step)
{
	const struct manifest_program *program = loaded->manifest;

	for (unsigned i = 0; i < program->link_count; i++) {
		int error = start_link(loaded, &program->links[i], step);

		if (error < 0)
			return error;
	}
	return 0;
}

/* Loads, attaches and pins one program; what an optional one had done before it failed is undone. */
static void start_program(unsigned index, int32_t keyring, const struct kernel_release *kernel, struct tally *tally)
{
	const struct manifest_program *program = &manifest.programs[index];
	char folder[sizeof(PROGRAM_FOLDER) + 80];
	struct program_source source = {
		.manifest = program,
		.folder = folder,
		.keyring = keyring,
		.otherwise = manifest.guarded ? CARRIER_GUARD : CARRIER_KERNEL,
	};
	struct loaded_program loaded;
	struct program_failure failure;
	int error;

	snprintf(folder, sizeof(folder), PROGRAM_FOLDER "%02u-%s", index + 1, program->name);
	error = program_load(&source, kernel, &loaded, &failure);
	if (error == 0)
		error = pin_maps(&loaded, &failure.step);
	if (error == 0)
		error = start_links(&loaded, &failure.step);
	if (error < 0 && !program->optional)
		outcome_stop(manifest.failure, failure.step, error, program->name);
	if (error < 0) {
		pins_remove(program);
		report("failure step=%s result=%s outcome=continue program=%s", failure.step, error_name(error), program->name);
		tally->failed++;
	} else {
		tally->programs++;
		tally->links += program->link_count;
		for (unsigned i = 0; i < program->link_count; i++)
			tally->held += program->links[i].held;
	}
	system_close_all();
}

/* Nothing but the image binds what a manifest says that nobody has verified. */
static void verify_manifest(int32_t keyring)
{
	struct file_bytes signature;
	int error;

	if (!manifest.guarded) {
		report("manifest carrier=none");
		return;
	}
	error = file_read(MANIFEST_SIGNATURE_PATH, GUARD_SIGNATURE_MAX, &signature);
	if (error == 0)
		error = guard_verify(manifest_file.bytes, manifest_file.size, signature.bytes, signature.size, keyring);
	report("manifest carrier=guard result=%s", error_name(error));
	if (error < 0)
		outcome_stop(FAILURE_HALT, "manifest", error, NULL);
	file_release(&signature);
}

static void start_guard(int32_t keyring, const struct kernel_release *kernel)
{
	struct program_failure failure;
	int error;

	if (!manifest.guarded)
		return;
	error = guard_start(&manifest, keyring, kernel, &failure);
	if (error < 0)
		outcome_stop(manifest.failure, failure.step, error, manifest.guard.name);
}

/* Everything before this could still change what the guard will keep. */
static void seal(int32_t keyring, const struct kernel_release *kernel, unsigned held)
{
	struct guard_seal seal = {
		.keyring = keyring,
		.loads = manifest.loads,
		.version = manifest.version,
		.flags = kernel_verifies(kernel) ? SEAL_FLAG_GUARD_BY_KERNEL | SEAL_FLAG_PROGRAMS_BY_KERNEL : 0,
	};
	char nonce[33];
	int error = keyring_of_confirmers(&manifest, (1u << manifest.confirm_count) - 1, &seal.confirmers);

	if (error == 0)
		error = keyring_protect();
	/* Else the guard has a program for that. */
	if (error == 0 && lockdown_is_possible())
		error = lockdown_begin();
	if (error == 0)
		error = guard_seal(&seal, nonce);
	if (error < 0) {
		report("seal result=%s", error_name(error));
		outcome_stop(manifest.failure, "seal", error, NULL);
	}
	report("seal result=OK loads=%s held=%u nonce=%s", loads_name(manifest.loads), held, nonce);
}

static void start_programs(int32_t keyring, const struct kernel_release *kernel)
{
	struct tally tally = {0};

	for (unsigned i = 0; i < manifest.program_count; i++)
		start_program(i, keyring, kernel, &tally);
	if (manifest.guarded) {
		/* Without a view links are held all the same. */
		report("view path=" VIEW_ROOT " result=%s", error_name(mount_view()));
		seal(keyring, kernel, tally.held);
	}
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
	kernel_release_read(&kernel);
	read_manifest(&kernel);
	mount_or_stop(MOUNT_PROC);
	check_floor();
	mount_or_stop(MOUNT_SYS);
	mount_or_stop(MOUNT_PINS);
	error = keyring_prepare(&manifest, &keyring, &step);
	if (error < 0)
		outcome_stop(manifest.failure, step, error, NULL);
	start_guard(keyring, &kernel);
	verify_manifest(keyring);
	start_programs(keyring, &kernel);
	mounts_release();
	error = outcome_next(manifest.next, arguments);
	outcome_stop(manifest.failure, "next", error, NULL);
}
