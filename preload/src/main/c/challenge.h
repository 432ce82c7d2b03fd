// SPDX-License-Identifier: Apache-2.0
/*
 * A challenge is what the machine asks the holder of a confirm key. ASCII text, each line ended by LF, words parted by one
 * space, exactly these lines:
 *
 *	bpfseal-challenge 1
 *	operation stop|hold|replace
 *	link ID PROGRAM/LINK		the link's id, 1 to 4294967295, and its name, at most 127 bytes
 *	sequence N			decimal, at most 20 digits
 *	nonce HEX			32 lower-case digits
 *	digest HEX			replace only: 64 lower-case digits
 */
#ifndef BPFSEAL_CHALLENGE_H
#define BPFSEAL_CHALLENGE_H

#include <stdint.h>

/* Each prints the challenge on stdout; the exit code. */
int challenge_stop(const char *link);
int challenge_hold(const char *pin);
int challenge_replace(const char *link, const char *digest);

#endif
