// SPDX-License-Identifier: Apache-2.0
/*
 * SHA-256 (FIPS 180-4), for comparing files with the manifest's lines where the kernel doesn't: certificates always, a
 * program's files below 6.18. It decides nothing by itself: what binds the hashes is the manifest's signature, which the
 * guard has the kernel verify.
 */
#ifndef BPFSEAL_SHA256_H
#define BPFSEAL_SHA256_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SHA256_BYTES = 32 };

void sha256(const uint8_t *bytes, size_t size, uint8_t out[SHA256_BYTES]);
bool sha256_is(const uint8_t *bytes, size_t size, const uint8_t expected[SHA256_BYTES]);

#endif
