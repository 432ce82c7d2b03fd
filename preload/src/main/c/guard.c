// SPDX-License-Identifier: Apache-2.0
#include "guard.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "error_name.h"
#include "guard_abi.h"
#include "link.h"
#include "lockdown.h"
#include "mounts.h"
#include "pins.h"
#include "system.h"

#define STATUS_PROG "guard_status"
/* Closes a way that exists below 7.0 only. */
#define OPEN_PROG "guard_open"
/* Does what the kernel does itself where it can. */
#define LOCKDOWN_PROG "guard_lockdown"

static const struct manifest_program *guard_manifest;

/* The commands answer EINPROGRESS: a hook can't make a system call succeed. */
static int set_up(struct guard_setup *setup)
{
	int error = system_bpf((enum bpf_command)GUARD_SETUP, setup, sizeof(*setup));

	return error == -EINPROGRESS ? 0 : error < 0 ? error : -EPROTO;
}

static int set_up_with_path(struct guard_setup *setup, const char *path)
{
	int error;

	setup->fd = open(path, O_PATH | O_CLOEXEC | O_NOFOLLOW);
	if (setup->fd < 0)
		return -errno;
	error = set_up(setup);
	close(setup->fd);
	return error;
}

static int set_up_with_pin(struct guard_setup *setup, const struct manifest_program *program, const char *link)
{
	char path[PIN_PATH_SIZE];

	pin_path(path, program, link);
	return set_up_with_path(setup, path);
}

static int own_object(enum guard_setup_operation operation, int fd, void *info, uint32_t size, const uint32_t *id)
{
	struct object_info_args args = {.bpf_fd = (uint32_t)fd, .info_len = size, .info = address_of(info)};
	struct guard_setup setup = {.operation = operation};
	int error = system_bpf(CMD_OBJ_GET_INFO_BY_FD, &args, OBJECT_INFO_SIZE);

	setup.id = *id;
	return error < 0 ? error : set_up(&setup);
}

static int own_link(const char *name)
{
	struct guard_setup setup = {.operation = SETUP_OWN_LINK};

	return set_up_with_pin(&setup, guard_manifest, name);
}

/* The link has the program's name. */
static int attach(const char *name, int prog_fd)
{
	struct manifest_link link = {
		.name = name,
		.kind = strcmp(name, STATUS_PROG) == 0 ? LINK_ITER : LINK_LSM,
	};
	int fd = link_attach(&link, prog_fd);

	return fd < 0 ? fd : pin_link(guard_manifest, name, fd);
}

static bool is_of_use(const char *name, const struct kernel_release *kernel)
{
	if (strcmp(name, OPEN_PROG) == 0)
		return kernel->major < 7;
	return strcmp(name, LOCKDOWN_PROG) != 0 || !lockdown_is_possible();
}

/* The guard answers commands from the moment its program on the hook bpf is attached. */
static int attach_all(const struct loaded_program *loaded, const struct kernel_release *kernel)
{
	for (unsigned i = 0; i < guard_manifest->prog_count; i++) {
		const char *name = guard_manifest->progs[i].name;
		int error = is_of_use(name, kernel) ? attach(name, loaded->progs[i]) : 0;

		if (error < 0)
			return error;
	}
	for (unsigned i = 0; i < guard_manifest->prog_count; i++) {
		const char *name = guard_manifest->progs[i].name;
		int error = is_of_use(name, kernel) ? own_link(name) : 0;

		if (error < 0)
			return error;
	}
	return 0;
}

static int own_objects(const struct loaded_program *loaded)
{
	for (unsigned i = 0; i < guard_manifest->map_count; i++) {
		struct map_info info = {0};
		int error = own_object(SETUP_OWN_MAP, loaded->maps[i], &info, MAP_INFO_SIZE, &info.id);

		if (error < 0)
			return error;
	}
	for (unsigned i = 0; i < guard_manifest->prog_count; i++) {
		struct prog_info info = {0};
		int error = own_object(SETUP_OWN_PROG, loaded->progs[i], &info, PROG_INFO_SIZE, &info.id);

		if (error < 0)
			return error;
	}
	return 0;
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
	struct loaded_program loaded;
	int error;

	guard_manifest = &manifest->guard;
	error = program_load(&source, kernel, &loaded, failure);
	if (error < 0)
		return error;
	failure->step = "guard";
	error = attach_all(&loaded, kernel);
	if (error == 0)
		error = own_objects(&loaded);
	report("guard programs=%u result=%s", guard_manifest->prog_count, error_name(error));
	system_close_all();
	return error;
}

int guard_verify(const void *content, size_t size, const void *signature, size_t signature_size, int32_t keyring)
{
	struct guard_setup setup = {
		.operation = SETUP_VERIFY,
		.content = address_of(content),
		.content_size = (uint32_t)size,
		.signature = address_of(signature),
		.signature_size = (uint32_t)signature_size,
		.keyring = keyring,
	};

	return size > GUARD_CONTENT_MAX || signature_size > GUARD_SIGNATURE_MAX ? -EFBIG : set_up(&setup);
}

int guard_hold(const struct manifest_program *program, const char *link, int32_t confirmers)
{
	struct guard_setup setup = {.operation = SETUP_HOLD, .keyring = confirmers};

	return set_up_with_pin(&setup, program, link);
}

int guard_protect_key(int32_t key, uint32_t flags)
{
	struct guard_setup setup = {.operation = SETUP_KEY, .id = (uint32_t)key, .flags = flags};

	return set_up(&setup);
}

static void write_nonce(const struct guard_setup *setup, char nonce[33])
{
	const uint8_t *bytes = (const uint8_t *)setup->nonce;

	for (unsigned i = 0; i < sizeof(setup->nonce); i++)
		snprintf(nonce + 2 * i, 3, "%02x", bytes[i]);
}

int guard_seal(const struct guard_seal *seal, char nonce[33])
{
	struct guard_setup setup = {
		.operation = SETUP_SEAL,
		.id = (uint32_t)seal->confirmers,
		.keyring = seal->keyring,
		.loads = seal->loads,
		.version = seal->version,
		.flags = seal->flags,
	};

	if (getrandom(setup.nonce, sizeof(setup.nonce), 0) != sizeof(setup.nonce))
		return -EIO;
	write_nonce(&setup, nonce);
	return set_up_with_path(&setup, PIN_ROOT);
}
