// SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
/* Names of links and digests in tokens. */
#ifndef BPFSEAL_NAMES_H
#define BPFSEAL_NAMES_H

#include "guard_abi.h"
#include "kernel.h"

/*
 * Names are looked at eight characters at once and without a branch: the verifier follows each way through a loop, and a
 * loop over single characters with branches took it longer than all the rest of the guard.
 */
enum { NAME_WORDS = GUARD_NAME_SIZE / 8, DIGEST_WORDS = GUARD_DIGEST_SIZE / 8 };
#define EACH_BYTE(value) ((value) * 0x0101010101010101ULL)

static __noinline bool is_zero(const __u8 digest[GUARD_DIGEST_SIZE])
{
	const __u64 *words = (const __u64 *)digest;
	__u64 all = 0;

	NOT_UNROLLED
	for (int i = 0; i < DIGEST_WORDS; i++)
		all |= words[i];
	return all == 0;
}

/*
 * Printable, without blanks, at least one character, NULs up to the end. In each word the highest bit of a byte speaks for
 * the byte: of those that are ASCII, adding 0x7f carries into it from 1 on, 0x5f from '!' on, 1 from DEL on.
 */
static __noinline bool is_name(const char name[GUARD_NAME_SIZE])
{
	const __u64 *words = (const __u64 *)name;
	const __u64 top = EACH_BYTE(0x80);
	__u64 bad = 0, ended = 0;

	NOT_UNROLLED
	for (int i = 0; i < NAME_WORDS; i++) {
		__u64 word = words[i];
		__u64 used = (word + EACH_BYTE(0x7f)) & top;

		bad |= (word | (word + EACH_BYTE(1))) & top;
		bad |= used & ~(word + EACH_BYTE(0x5f));
		/* After a NUL, which is the lower byte, comes nothing else. */
		bad |= used & (~used & top) << 8;
		bad |= used & ended;
		ended = -((~used & top) >> 63);
	}
	return bad == 0 && ended != 0 && name[0] != 0;
}

static __noinline bool is_same_name(const char a[GUARD_NAME_SIZE], const char b[GUARD_NAME_SIZE])
{
	const __u64 *left = (const __u64 *)a, *right = (const __u64 *)b;
	__u64 different = 0;

	NOT_UNROLLED
	for (int i = 0; i < NAME_WORDS; i++)
		different |= left[i] ^ right[i];
	return different == 0;
}

#endif
