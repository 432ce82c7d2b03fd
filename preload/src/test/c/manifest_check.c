// SPDX-License-Identifier: Apache-2.0
/*
 * manifest_check FILE...: reads each with the loader's reader and prints one line, "FILE good" or "FILE bad LINE COLUMN
 * EXPECTED". manifest_check --mutate SEED COUNT FILE...: reads COUNT damaged forms of each; says only "OK COUNT good".
 * Made with the address and undefined-behaviour sanitizers, so a wrong step ends the program.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "manifest.h"

enum { BUFFER_SIZE = 2 * MANIFEST_SIZE_MAX };

static struct manifest manifest;
static uint64_t state;

static uint32_t random_below(uint32_t bound)
{
	state = state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(state >> 33) % bound;
}

static size_t read_whole(const char *path, uint8_t *out)
{
	FILE *file = fopen(path, "rb");
	size_t size;

	if (file == NULL) {
		perror(path);
		exit(2);
	}
	size = fread(out, 1, BUFFER_SIZE, file);
	fclose(file);
	return size;
}

/* Gives the reader memory of exactly this size, so that the sanitizer sees a step beyond it. */
static bool parse(const uint8_t *bytes, size_t size, struct manifest_fault *fault)
{
	uint8_t *copy = malloc(size > 0 ? size : 1);
	bool good;

	if (copy == NULL)
		exit(2);
	memcpy(copy, bytes, size);
	*fault = (struct manifest_fault){0};
	good = manifest_parse(copy, size, &manifest, fault);
	free(copy);
	if (!good && (fault->line == 0 || fault->column == 0 || fault->expected == NULL))
		abort();
	return good;
}

static void check(const char *path)
{
	static uint8_t bytes[BUFFER_SIZE];
	struct manifest_fault fault;

	if (parse(bytes, read_whole(path, bytes), &fault))
		printf("%s good\n", path);
	else
		printf("%s bad %u %u %s\n", path, fault.line, fault.column, fault.expected);
}

/* Overwrites, drops or doubles a few bytes, or cuts the end off. */
static size_t damage(uint8_t *bytes, size_t size)
{
	static const char likely[] = " \n=,./-09aZ_";
	uint32_t at = random_below((uint32_t)size);

	switch (random_below(5)) {
	case 0:
		bytes[at] = (uint8_t)likely[random_below(sizeof(likely) - 1)];
		return size;
	case 1:
		bytes[at] = (uint8_t)random_below(256);
		return size;
	case 2:
		memmove(bytes + at, bytes + at + 1, size - at - 1);
		return size - 1;
	case 3:
		memmove(bytes + at + 1, bytes + at, size - at);
		return size + 1;
	default:
		return at;
	}
}

static unsigned mutate(const char *path, unsigned count)
{
	static uint8_t original[BUFFER_SIZE], bytes[BUFFER_SIZE];
	size_t whole = read_whole(path, original);
	struct manifest_fault fault;
	unsigned good = 0;

	for (unsigned i = 0; whole > 0 && i < count; i++) {
		size_t size = whole;

		memcpy(bytes, original, whole);
		for (uint32_t times = 1 + random_below(3); times > 0 && size > 0 && size < BUFFER_SIZE - 1; times--)
			size = damage(bytes, size);
		good += parse(bytes, size, &fault);
	}
	return good;
}

int main(int count, char **arguments)
{
	if (count > 3 && strcmp(arguments[1], "--mutate") == 0) {
		unsigned rounds = (unsigned)strtoul(arguments[3], NULL, 10);
		unsigned long good = 0;

		state = strtoul(arguments[2], NULL, 10);
		for (int i = 4; i < count; i++)
			good += mutate(arguments[i], rounds);
		printf("OK %lu good\n", good);
		return 0;
	}
	for (int i = 1; i < count; i++)
		check(arguments[i]);
	return 0;
}
