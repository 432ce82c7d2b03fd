// SPDX-License-Identifier: Apache-2.0
/* The corpus: blobs, then cases that name them by number. judge.c draws it. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "judge.h"

static const uint8_t *corpus;
static size_t corpus_size;
static struct blob *blobs;
static uint32_t blob_count;

uint32_t number(size_t *at, unsigned width)
{
	uint32_t value = 0;

	if (corpus_size - *at < width)
		fail("corpus ends at %zu", *at);
	for (unsigned i = 0; i < width; i++)
		value |= (uint32_t)corpus[*at + i] << 8 * i;
	*at += width;
	return value;
}

const struct blob *blob(size_t *at)
{
	uint32_t index = number(at, 4);

	if (index >= blob_count)
		fail("blob %u of %u", index, blob_count);
	return &blobs[index];
}

static void read_blobs(size_t *at)
{
	blob_count = number(at, 4);
	blobs = calloc(blob_count + 1, sizeof(*blobs));
	if (blobs == NULL)
		fail("%u blobs", blob_count);
	for (uint32_t i = 0; i < blob_count; i++) {
		blobs[i].size = number(at, 4);
		blobs[i].bytes = corpus + *at;
		if (corpus_size - *at < blobs[i].size)
			fail("blob %u ends at %zu", i, *at);
		*at += blobs[i].size;
	}
}

void open_corpus(size_t *at, uint32_t *cases)
{
	struct stat status;
	int file = open("/corpus", O_RDONLY | O_CLOEXEC);

	if (file < 0 || fstat(file, &status) != 0)
		fail("/corpus");
	corpus_size = (size_t)status.st_size;
	corpus = mmap(NULL, corpus_size, PROT_READ, MAP_PRIVATE, file, 0);
	if (corpus == MAP_FAILED)
		fail("memory");
	*at = 8;
	if (corpus_size < *at || memcmp(corpus, "SIGLAB1\n", *at) != 0)
		fail("not a corpus");
	read_blobs(at);
	*cases = number(at, 4);
}
