// SPDX-License-Identifier: Apache-2.0
#include "manifest_line.h"

#include <limits.h>
#include <string.h>

bool line_fault(struct line_reader *in, unsigned word, const char *expected)
{
	in->fault->line = in->number;
	in->fault->column = word < in->count ? in->columns[word] : 1;
	in->fault->expected = expected;
	return false;
}

static bool fault_at(struct line_reader *in, size_t column, const char *expected)
{
	in->fault->line = in->number;
	in->fault->column = (unsigned)column;
	in->fault->expected = expected;
	return false;
}

/* Splits the line [start, start + length), whose LF has become a NUL, at its single spaces. */
static bool split(struct line_reader *in, char *start, size_t length)
{
	bool in_word = false;

	in->count = 0;
	for (size_t i = 0; i < length; i++) {
		if (start[i] < ' ' || start[i] > '~')
			return fault_at(in, i + 1, "printable ASCII");
		if (start[i] == ' ') {
			if (!in_word)
				return fault_at(in, i + 1, "a word, words are parted by one space");
			start[i] = '\0';
			in_word = false;
		} else if (!in_word) {
			if (in->count == LINE_WORDS_MAX)
				return fault_at(in, i + 1, "no further word");
			in->columns[in->count] = (unsigned)i + 1;
			in->words[in->count++] = start + i;
			in_word = true;
		}
	}
	return in_word || fault_at(in, length + 1, "a word");
}

bool line_next(struct line_reader *in)
{
	size_t left = (size_t)(in->end - in->at);
	char *start = in->at;
	char *stop;

	in->number++;
	in->count = 0;
	if (left == 0)
		return true;
	stop = memchr(start, '\n', left);
	if (stop == NULL ? left > MANIFEST_LINE_MAX : stop - start > MANIFEST_LINE_MAX)
		return fault_at(in, MANIFEST_LINE_MAX + 1, "a line of at most 1000 bytes");
	if (stop == NULL)
		return fault_at(in, left + 1, "LF at the end of the last line");
	*stop = '\0';
	in->at = stop + 1;
	return split(in, start, (size_t)(stop - start));
}

bool line_is(const struct line_reader *in, const char *keyword)
{
	return in->count > 0 && strcmp(in->words[0], keyword) == 0;
}

bool line_expect(struct line_reader *in, const char *keyword, unsigned count, const char *shape)
{
	if (!line_is(in, keyword))
		return line_fault(in, 0, shape);
	if (in->count != count)
		return line_fault(in, in->count < count ? in->count - 1 : count, shape);
	return true;
}

char *line_value(const struct line_reader *in, unsigned word, const char *key)
{
	size_t length = strlen(key);

	if (word >= in->count || strncmp(in->words[word], key, length) != 0 || in->words[word][length] != '=')
		return NULL;
	return in->words[word] + length + 1;
}

static bool is_letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static bool consists_of(const char *word, size_t most, const char *further, const char *not_first)
{
	size_t length = strlen(word);

	if (length == 0 || length > most || strchr(not_first, word[0]) != NULL)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (!is_letter_or_digit(word[i]) && strchr(further, word[i]) == NULL)
			return false;
	}
	return true;
}

bool word_has_shape(const char *word, enum word_shape shape)
{
	switch (shape) {
	case WORD_PROGRAM_NAME:
	case WORD_TRACEPOINT:
		return consists_of(word, 63, "-", "-");
	case WORD_FILE_NAME:
		return consists_of(word, 63, ".-", ".-");
	case WORD_OBJECT_NAME:
		return consists_of(word, 15, ".", "");
	case WORD_FUNCTION:
		return consists_of(word, 255, ".", "");
	case WORD_DEVICE:
		return consists_of(word, 15, ".-", ".-");
	}
	return false;
}

bool word_is_path(const char *word, bool root_allowed)
{
	if (word[0] != '/')
		return false;
	if (word[1] == '\0')
		return root_allowed;
	while (*word == '/') {
		size_t length = strcspn(++word, "/");

		if (length == 0 || (length == 1 && word[0] == '.') || (length == 2 && word[0] == '.' && word[1] == '.'))
			return false;
		word += length;
	}
	return true;
}

bool word_number(const char *word, uint32_t least, uint32_t most, uint32_t *out)
{
	uint64_t number = 0;
	size_t length = strlen(word);

	if (length == 0 || length > 10 || (word[0] == '0' && length > 1))
		return false;
	for (size_t i = 0; i < length; i++) {
		if (word[i] < '0' || word[i] > '9')
			return false;
		number = number * 10 + (uint64_t)(word[i] - '0');
	}
	if (number < least || number > most)
		return false;
	*out = (uint32_t)number;
	return true;
}

bool word_signed_number(const char *word, int32_t *out)
{
	bool negative = word[0] == '-';
	uint32_t size;

	if (!word_number(negative ? word + 1 : word, negative ? 1 : 0, negative ? (uint32_t)INT32_MAX + 1 : INT32_MAX, &size))
		return false;
	*out = negative ? (int32_t)-(int64_t)size : (int32_t)size;
	return true;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool word_sha256(const char *word, uint8_t out[MANIFEST_HASH_SIZE])
{
	if (strlen(word) != 2 * (size_t)MANIFEST_HASH_SIZE)
		return false;
	for (size_t i = 0; i < MANIFEST_HASH_SIZE; i++) {
		int high = hex_digit(word[2 * i]);
		int low = hex_digit(word[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		out[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}
