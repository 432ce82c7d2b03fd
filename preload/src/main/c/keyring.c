// SPDX-License-Identifier: Apache-2.0
#include "keyring.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "error_name.h"
#include "file.h"
#include "report.h"
#include "system.h"

enum {
	PROCESS_KEYRING = -2,		/* KEY_SPEC_PROCESS_KEYRING */
	CERT_SIZE_MAX = 64 * 1024,
};

#define CERT_FOLDER "/etc/bpfseal/certs/"

/*
 * The manifest's hash of the file is not compared here: the kernel hashes an array map's elements, which it rounds up to
 * 8 bytes (kernel/bpf/arraymap.c, array_map_get_hash() of 6.18), and most certificates are not of such a size.
 */
static int add_cert(const struct manifest_cert *cert, int ring)
{
	char path[sizeof(CERT_FOLDER) + 64];
	struct file_bytes der;
	int error;

	snprintf(path, sizeof(path), CERT_FOLDER "%s", cert->name);
	error = file_read(path, CERT_SIZE_MAX, &der);
	if (error < 0)
		return error;
	error = system_add_key("asymmetric", cert->name, der.bytes, der.size, ring);
	file_release(&der);
	return error;
}

static int fill(const struct manifest *manifest, int ring, const char **step)
{
	*step = "cert";
	for (unsigned i = 0; i < manifest->cert_count; i++) {
		const struct manifest_cert *cert = &manifest->certs[i];
		int error = add_cert(cert, ring);

		report("cert name=%s result=%s", cert->name, error_name(error < 0 ? error : 0));
		if (error < 0)
			return error;
	}
	*step = "keyring";
	return system_seal_keyring(ring);
}

static int make_own(const struct manifest *manifest, int32_t *id, const char **step)
{
	int ring = system_add_key("keyring", "bpfseal", NULL, 0, PROCESS_KEYRING);
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
