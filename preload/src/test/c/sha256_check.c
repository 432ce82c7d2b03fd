// SPDX-License-Identifier: Apache-2.0
/* Prints the SHA-256 of the first 0, 1, 2 ... N bytes of a file, one line each, for their comparison with another's. */
#include <stdio.h>

#include "sha256.h"

int main(int count, char **arguments)
{
	static uint8_t bytes[4096];
	FILE *in = count == 2 ? fopen(arguments[1], "r") : NULL;
	size_t size = in == NULL ? 0 : fread(bytes, 1, sizeof(bytes), in);

	for (size_t i = 0; i <= size; i++) {
		uint8_t digest[SHA256_BYTES];

		sha256(bytes, i, digest);
		for (unsigned at = 0; at < SHA256_BYTES; at++)
			printf("%02x", digest[at]);
		printf("\n");
	}
	return 0;
}
