// SPDX-License-Identifier: Apache-2.0
#include "guard_command.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/random.h>
#include <unistd.h>

#include "bpf_abi.h"
#include "mounts.h"
#include "pins.h"
#include "system.h"

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

static int query(int fd, void *info, uint32_t size)
{
	struct object_info_args args = {.bpf_fd = (uint32_t)fd, .info_len = size, .info = address_of(info)};

	return system_bpf(CMD_OBJ_GET_INFO_BY_FD, &args, OBJECT_INFO_SIZE);
}

int guard_own_map(int fd)
{
	struct guard_setup setup = {.operation = SETUP_OWN_MAP};
	struct map_info info = {0};
	int error = query(fd, &info, MAP_INFO_SIZE);

	setup.id = info.id;
	return error < 0 ? error : set_up(&setup);
}

int guard_own_prog(int fd)
{
	struct guard_setup setup = {.operation = SETUP_OWN_PROG};
	struct prog_info info = {0};
	int error = query(fd, &info, PROG_INFO_SIZE);

	setup.id = info.id;
	return error < 0 ? error : set_up(&setup);
}

int guard_own_link(const struct manifest_program *guard, const char *link)
{
	struct guard_setup setup = {.operation = SETUP_OWN_LINK};

	return set_up_with_pin(&setup, guard, link);
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
