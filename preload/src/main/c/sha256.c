// SPDX-License-Identifier: Apache-2.0
#include "sha256.h"

#include <string.h>

enum { BLOCK = 64, ROUNDS = 64, WORDS = 8, LENGTH_AT = BLOCK - 8 };

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const uint32_t round_constants[ROUNDS] = {
	0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
	0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
	0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
	0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
	0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
	0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t rotated(uint32_t word, unsigned by)
{
	return word >> by | word << (32 - by);
}

static uint32_t big_endian(const uint8_t *bytes)
{
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static void schedule(const uint8_t *block, uint32_t out[ROUNDS])
{
	for (unsigned i = 0; i < 16; i++)
		out[i] = big_endian(block + 4 * i);
	for (unsigned i = 16; i < ROUNDS; i++) {
		uint32_t a = out[i - 15], b = out[i - 2];

		out[i] = out[i - 16] + out[i - 7] + (rotated(a, 7) ^ rotated(a, 18) ^ a >> 3) +
			 (rotated(b, 17) ^ rotated(b, 19) ^ b >> 10);
	}
}

static void add_block(uint32_t state[WORDS], const uint8_t *block)
{
	uint32_t words[ROUNDS], v[WORDS];

	schedule(block, words);
	memcpy(v, state, sizeof(v));
	for (unsigned i = 0; i < ROUNDS; i++) {
		uint32_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
		uint32_t majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
		uint32_t one = v[7] + (rotated(v[4], 6) ^ rotated(v[4], 11) ^ rotated(v[4], 25)) + choice +
			       round_constants[i] + words[i];
		uint32_t two = (rotated(v[0], 2) ^ rotated(v[0], 13) ^ rotated(v[0], 22)) + majority;

		memmove(v + 1, v, sizeof(v) - sizeof(v[0]));
		v[4] += one;
		v[0] = one + two;
	}
	for (unsigned i = 0; i < WORDS; i++)
		state[i] += v[i];
}

void sha256(const uint8_t *bytes, size_t size, uint8_t out[SHA256_BYTES])
{
	/* Likewise of the square roots of the first eight. */
	uint32_t state[WORDS] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
	uint8_t last[2 * BLOCK] = {0};
	size_t left = size % BLOCK, end = left < LENGTH_AT ? BLOCK : 2 * BLOCK;

	for (size_t at = 0; at + BLOCK <= size; at += BLOCK)
		add_block(state, bytes + at);
	if (left > 0)
		memcpy(last, bytes + size - left, left);
	last[left] = 0x80;
	for (unsigned i = 0; i < 8; i++)
		last[end - 1 - i] = (uint8_t)((uint64_t)size * 8 >> 8 * i);
	for (size_t at = 0; at < end; at += BLOCK)
		add_block(state, last + at);
	for (unsigned i = 0; i < SHA256_BYTES; i++)
		out[i] = (uint8_t)(state[i / 4] >> (24 - 8 * (i % 4)));
}

bool sha256_is(const uint8_t *bytes, size_t size, const uint8_t expected[SHA256_BYTES])
{
	uint8_t found[SHA256_BYTES];

	sha256(bytes, size, found);
	return memcmp(found, expected, SHA256_BYTES) == 0;
}
