// SPDX-License-Identifier: Apache-2.0
#include "guard.h"

#include <stdbool.h>
#include <string.h>

#include "error_name.h"
#include "guard_command.h"
#include "link.h"
#include "lockdown.h"
#include "pins.h"
#include "system.h"

/* Closes a way that exists below 7.0 only. */
#define OPEN_PROG "guard_open"
/* Does what the kernel does itself where it can. */
#define LOCKDOWN_PROG "guard_lockdown"
#define STATUS_PROG "guard_status"

static bool is_of_use(const char *prog, const struct kernel_release *kernel)
{
	if (strcmp(prog, OPEN_PROG) == 0)
		return !kernel_is_at_least(kernel, 7, 0);
	return strcmp(prog, LOCKDOWN_PROG) != 0 || !lockdown_is_possible();
}

/* The link has the program's name. */
static int attach(const struct manifest_program *guard, const char *prog, int fd)
{
	struct manifest_link link = {
		.name = prog,
		.kind = strcmp(prog, STATUS_PROG) == 0 ? LINK_ITER : LINK_LSM,
	};
	int link_fd = link_attach(&link, fd);

	return link_fd < 0 ? link_fd : pin_link(guard, prog, link_fd);
}

static int attach_all(const struct loaded_program *loaded, const bool *wanted)
{
	const struct manifest_program *guard = loaded->manifest;
	int error = 0;

	for (unsigned i = 0; i < guard->prog_count && error == 0; i++) {
		if (wanted[i])
			error = attach(guard, guard->progs[i].name, loaded->progs[i]);
	}
	return error;
}

/* Only when all are attached, since one of them is the one that listens. */
static int own_all(const struct loaded_program *loaded, const bool *wanted)
{
	const struct manifest_program *guard = loaded->manifest;
	int error = 0;

	for (unsigned i = 0; i < guard->prog_count && error == 0; i++) {
		if (wanted[i])
			error = guard_own_link(guard, guard->progs[i].name);
		if (error == 0)
			error = guard_own_prog(loaded->progs[i]);
	}
	for (unsigned i = 0; i < guard->map_count && error == 0; i++)
		error = guard_own_map(loaded->maps[i]);
	return error;
}

int guard_start(const struct manifest *manifest, int32_t keyring, const struct kernel_release *kernel,
		struct program_failure *failure)
{
	struct program_source source = {
		.manifest = &manifest->guard,
		.folder = GUARD_FOLDER,
		.keyring = keyring,
		.otherwise = CARRIER_NONE,
	};
	bool wanted[MANIFEST_PROGS_MAX];
	struct loaded_program loaded;
	int error = program_load(&source, kernel, &loaded, failure);

	if (error < 0)
		return error;
	for (unsigned i = 0; i < manifest->guard.prog_count; i++)
		wanted[i] = is_of_use(manifest->guard.progs[i].name, kernel);
	failure->step = "guard";
	error = attach_all(&loaded, wanted);
	if (error == 0)
		error = own_all(&loaded, wanted);
	report("guard programs=%u result=%s", manifest->guard.prog_count, error_name(error));
	system_close_all();
	return error;
}
