// SPDX-License-Identifier: Apache-2.0
#include "keyring.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "error_name.h"
#include "file.h"
#include "guard_command.h"
#include "report.h"
#include "sha256.h"
#include "system.h"

enum {
	PROCESS_KEYRING = -2,		/* KEY_SPEC_PROCESS_KEYRING */
	CERT_SIZE_MAX = 64 * 1024,
	CONFIRM_RINGS_MAX = 16,
	/* Nobody's user keyring: the kernel keeps it though no process has this user id. */
	NOBODYS_USER_ID = 0x62706673,
	/* Possessor: view, read, search; owner: view. Nobody possesses what lies in a keyring that can't be searched. */
	RING_PERMISSIONS = 0x0b010000,
	CERT_PERMISSIONS = 0x0b010000,
};

#define CERT_FOLDER "/etc/bpfseal/certs/"

static struct {
	int32_t serial;
	uint32_t flags;
} made[GUARD_KEYS_MAX];
static unsigned made_count;

static struct {
	uint32_t confirmers;
	int32_t id;
} confirm_rings[CONFIRM_RINGS_MAX];
static unsigned confirm_ring_count;

static int remember(int key, uint32_t flags)
{
	if (made_count == GUARD_KEYS_MAX)
		return -ENOSPC;
	made[made_count].serial = key;
	made[made_count++].flags = flags;
	return 0;
}

/*
 * The manifest says which file it means. (The kernel can't be asked for the hash: of an array map it hashes whole elements,
 * rounded up to 8 bytes, and most certificates are not of such a size.) What makes the manifest's word count is its
 * signature, by a key of the first ring: it is verified later, but before anything is held, and else the machine halts.
 */
static int add_cert(const struct manifest_cert *cert, int ring)
{
	char path[sizeof(CERT_FOLDER) + 64];
	struct file_bytes der;
	int key;

	snprintf(path, sizeof(path), CERT_FOLDER "%s", cert->name);
	key = file_read(path, CERT_SIZE_MAX, &der);
	if (key < 0)
		return key;
	key = -EBADMSG;
	if (sha256_is(der.bytes, der.size, cert->sha256))
		key = system_add_key("asymmetric", cert->name, der.bytes, der.size, ring);
	file_release(&der);
	return key;
}

static int add_lasting_cert(const struct manifest_cert *cert, int ring)
{
	int key = add_cert(cert, ring);
	int error = key < 0 ? key : system_set_key_permissions(key, CERT_PERMISSIONS);

	return error < 0 ? error : remember(key, KEY_FLAG_SEARCHED);
}

static int make_ring(const char *name)
{
	return system_add_key("keyring", name, NULL, 0, PROCESS_KEYRING);
}

/*
 * Links the ring to a keyring that the kernel keeps. The process becomes the user whose keyring that is only as to its
 * real id, which is what counts for that; it keeps its capabilities.
 */
static int keep_ring(int ring)
{
	int holder, error;

	if (setresuid(NOBODYS_USER_ID, 0, 0) < 0)
		return -errno;
	holder = system_user_keyring();
	error = holder < 0 ? holder : system_link_key(ring, holder);
	if (setresuid(0, 0, 0) < 0)
		return -errno;
	return error < 0 ? error : remember(holder, 0);
}

static int finish_lasting_ring(int ring)
{
	int error = system_seal_keyring(ring);

	if (error == 0)
		error = keep_ring(ring);
	if (error == 0)
		error = system_set_key_permissions(ring, RING_PERMISSIONS);
	return error < 0 ? error : remember(ring, KEY_FLAG_SEARCHED);
}

static int fill(const struct manifest *manifest, int ring, const char **step)
{
	*step = "cert";
	for (unsigned i = 0; i < manifest->cert_count; i++) {
		const struct manifest_cert *cert = &manifest->certs[i];
		int error = manifest->guarded ? add_lasting_cert(cert, ring) : add_cert(cert, ring);

		report("cert name=%s result=%s", cert->name, error_name(error < 0 ? error : 0));
		if (error < 0)
			return error;
	}
	*step = "keyring";
	return manifest->guarded ? finish_lasting_ring(ring) : system_seal_keyring(ring);
}

static int make_own(const struct manifest *manifest, int32_t *id, const char **step)
{
	int ring = make_ring("bpfseal");
	int error;

	*step = "keyring";
	if (ring < 0)
		return ring;
	error = fill(manifest, ring, step);
	*id = ring;
	return error;
}

int keyring_prepare(const struct manifest *manifest, int32_t *id, const char **step)
{
	static const int32_t kernel_ids[] = {
		[KEYRING_BUILTIN] = 0,
		[KEYRING_SECONDARY] = 1,
		[KEYRING_PLATFORM] = 2,
	};
	const char *kind = keyring_kind_name(manifest->keyring);
	int error;

	if (manifest->keyring != KEYRING_USER) {
		*id = kernel_ids[manifest->keyring];
		report("keyring kind=%s restricted=kernel result=OK", kind);
		return 0;
	}
	error = make_own(manifest, id, step);
	if (error < 0 && strcmp(*step, "keyring") != 0)
		return error;
	report("keyring kind=%s restricted=%s result=%s", kind, error < 0 ? "no" : "yes", error_name(error));
	return error;
}

static int make_confirm_ring(const struct manifest *manifest, uint32_t confirmers)
{
	char name[32];
	int ring;

	snprintf(name, sizeof(name), "bpfseal-confirm-%x", confirmers);
	ring = make_ring(name);
	if (ring < 0)
		return ring;
	for (unsigned i = 0; i < manifest->confirm_count; i++) {
		int error = (confirmers >> i & 1) != 0 ? add_lasting_cert(&manifest->confirms[i], ring) : 0;

		if (error < 0)
			return error;
	}
	return finish_lasting_ring(ring) < 0 ? -EIO : ring;
}

int keyring_of_confirmers(const struct manifest *manifest, uint32_t confirmers, int32_t *id)
{
	*id = 0;
	if (confirmers == 0)
		return 0;
	for (unsigned i = 0; i < confirm_ring_count; i++) {
		if (confirm_rings[i].confirmers == confirmers)
			*id = confirm_rings[i].id;
	}
	if (*id != 0)
		return 0;
	if (confirm_ring_count == CONFIRM_RINGS_MAX)
		return -ENOSPC;
	*id = make_confirm_ring(manifest, confirmers);
	report("confirmers ring=%x result=%s", confirmers, error_name(*id < 0 ? *id : 0));
	if (*id < 0)
		return *id;
	confirm_rings[confirm_ring_count].confirmers = confirmers;
	confirm_rings[confirm_ring_count++].id = *id;
	return 0;
}

int keyring_protect(void)
{
	for (unsigned i = 0; i < made_count; i++) {
		int error = guard_protect_key(made[i].serial, made[i].flags);

		if (error < 0)
			return error;
	}
	return 0;
}
