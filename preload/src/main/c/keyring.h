// SPDX-License-Identifier: Apache-2.0
#ifndef BPFSEAL_KEYRING_H
#define BPFSEAL_KEYRING_H

#include <stdint.h>

#include "manifest.h"

/*
 * Makes ready the keyring that the manifest names and reports it. For keyring user that is a new ring with the image's
 * certificates to which nothing can be added; it belongs to this process and goes with it.
 *
 * Returns 0 and sets *id to what PROG_LOAD takes as keyring_id, or returns -errno and sets *step.
 */
int keyring_prepare(const struct manifest *manifest, int32_t *id, const char **step);

#endif
