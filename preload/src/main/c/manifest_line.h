// SPDX-License-Identifier: Apache-2.0
/* The manifest's text, a line of words at a time, and what a word may look like. */
#ifndef BPFSEAL_MANIFEST_LINE_H
#define BPFSEAL_MANIFEST_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "manifest.h"

enum { LINE_WORDS_MAX = 8 };

/* The current line; at the end of the text it has no words. Each word is NUL-terminated in the text itself. */
struct line_reader {
	char *at, *end;
	unsigned number;
	unsigned count;
	char *words[LINE_WORDS_MAX];
	unsigned columns[LINE_WORDS_MAX];
	struct manifest_fault *fault;
};

/* Each answers false after it has filled in the fault. */

bool line_next(struct line_reader *in);
bool line_fault(struct line_reader *in, unsigned word, const char *expected);

/* The line has exactly this keyword and this many words in all. */
bool line_expect(struct line_reader *in, const char *keyword, unsigned count, const char *shape);

/* Whether the line begins with the keyword; never a fault. */
bool line_is(const struct line_reader *in, const char *keyword);

/* The value of the word if it is key=value with this key, else NULL; never a fault. */
char *line_value(const struct line_reader *in, unsigned word, const char *key);

enum word_shape {
	WORD_PROGRAM_NAME,	/* 1 to 63 of A-Z a-z 0-9 _ -, not starting with '-': bpffs allows no dots */
	WORD_FILE_NAME,		/* the same and '.', not starting with it */
	WORD_OBJECT_NAME,	/* 1 to 15 of A-Z a-z 0-9 _ .: bpf_obj_name_cpy() */
	WORD_TRACEPOINT,	/* 1 to 63 of A-Z a-z 0-9 _ -, not starting with '-' */
	WORD_FUNCTION,		/* 1 to 255 of A-Z a-z 0-9 _ . */
	WORD_DEVICE,		/* 1 to 15 of A-Z a-z 0-9 _ . -, not starting with '.' or '-' */
};

bool word_has_shape(const char *word, enum word_shape shape);

/* An absolute path in its shortest spelling; the root itself only if allowed. */
bool word_is_path(const char *word, bool root_allowed);

/* Decimal, in its shortest spelling, within the bounds. */
bool word_number(const char *word, uint32_t least, uint32_t most, uint32_t *out);
bool word_signed_number(const char *word, int32_t *out);

/* 64 lower-case hex digits. */
bool word_sha256(const char *word, uint8_t out[MANIFEST_HASH_SIZE]);

#endif
