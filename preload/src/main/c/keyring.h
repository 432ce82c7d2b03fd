// SPDX-License-Identifier: Apache-2.0
#ifndef BPFSEAL_KEYRING_H
#define BPFSEAL_KEYRING_H

#include <stdint.h>

#include "manifest.h"

/*
 * Makes ready the keyring that the manifest names and reports it. For keyring user that is a new ring with the image's
 * certificates to which nothing can be added. It goes with this process, or stays for ever where there is a guard to
 * keep its hand over it.
 *
 * Returns 0 and sets *id to what PROG_LOAD takes as keyring_id, or returns -errno and sets *step.
 */
int keyring_prepare(const struct manifest *manifest, int32_t *id, const char **step);

/* Sets *id to a ring with the certificates of these confirm lines (bit i: line i), or to 0 for none; 0 or -errno. */
int keyring_of_confirmers(const struct manifest *manifest, uint32_t confirmers, int32_t *id);

/* Gives all rings that were made, and what is in them, into the guard's care. */
int keyring_protect(void);

#endif
