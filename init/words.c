// SPDX-License-Identifier: MIT
#include "init/words.h"

#include <stdint.h>
#include <string.h>

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static int digit_value(char c)
{
	if (c >= '0' && c <= '9') {
		return c - '0';
	}
	if (c >= 'a' && c <= 'f') {
		return c - 'a' + 10;
	}
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : 16;
}

/* Reads exactly `count` digits; a NUL byte cannot be part of an argument. */
static bool read_digits(const char *from, int count, int base, uint32_t *ret_value)
{
	uint32_t value = 0;
	for (int i = 0; i < count; i++) {
		int digit = digit_value(from[i]);
		if (digit >= base) {
			return false;
		}
		value = value * (uint32_t)base + (uint32_t)digit;
	}
	*ret_value = value;
	return value != 0;
}

static size_t utf8_put(char *to, uint32_t code)
{
	if (code < 0x80) {
		to[0] = (char)code;
		return 1;
	}
	size_t tail = code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
	static const unsigned char lead[] = {0, 0xc0, 0xe0, 0xf0};
	to[0] = (char)(lead[tail] | (code >> (6 * tail)));
	for (size_t i = 1; i <= tail; i++) {
		to[i] = (char)(0x80 | ((code >> (6 * (tail - i))) & 0x3f));
	}
	return tail + 1;
}

/* The escapes that spell a number: how many digits, in which base. */
static bool escape_number(const char **from, char **to)
{
	char kind = **from;
	bool is_octal = kind >= '0' && kind <= '7';
	int count = kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : is_octal ? 3 : 0;
	const char *digits = is_octal ? *from : *from + 1;
	uint32_t code;
	if (count == 0 || !read_digits(digits, count, is_octal ? 8 : 16, &code)) {
		return false;
	}
	*from = digits + count;
	if (kind != 'u' && kind != 'U') {
		*(*to)++ = (char)code;
		return code <= 0xff;
	}
	if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
		return false;
	}
	*to += utf8_put(*to, code);
	return true;
}

/* Undoes one escape; `from` is behind the backslash. Never writes more than it reads. */
static bool escape_undo(const char **from, char **to)
{
	static const char names[] = "abfnrtv\\\"'s;";
	static const char values[] = "\a\b\f\n\r\t\v\\\"' ;";
	const char *name = **from != '\0' ? strchr(names, **from) : NULL;
	if (name == NULL) {
		return escape_number(from, to);
	}
	*(*to)++ = values[name - names];
	(*from)++;
	return true;
}

enum word_result word_next(char **cursor, char **ret_word, struct problem *ret_problem)
{
	const char *from = *cursor;
	while (is_space(*from)) {
		from++;
	}
	if (*from == '\0') {
		return WORD_END;
	}
	char *word = *cursor + (from - *cursor), *to = word, quote = '\0';
	const char *quote_at = from;
	while (*from != '\0' && (quote != '\0' || !is_space(*from))) {
		if (*from == '\\') {
			*ret_problem = (struct problem){"unknown escape", from++};
			if (!escape_undo(&from, &to)) {
				return WORD_BAD;
			}
		} else if (quote == '\0' && (*from == '"' || *from == '\'')) {
			quote = *from;
			quote_at = from++;
		} else if (quote != '\0' && *from == quote) {
			quote = '\0';
			from++;
		} else {
			*to++ = *from++;
		}
	}
	if (quote != '\0') {
		*ret_problem = (struct problem){"quote without its end", quote_at};
		return WORD_BAD;
	}
	*cursor += from - *cursor + (*from != '\0');
	*to = '\0';
	*ret_word = word;
	return WORD_OK;
}

static bool double_unescape(char *word, char mark, const char *text, struct problem *ret_problem)
{
	char *to = word;
	for (const char *from = word; *from != '\0'; from++) {
		if (*from == mark && *++from != mark) {
			*ret_problem = (struct problem){text, word};
			return false;
		}
		*to++ = *from;
	}
	*to = '\0';
	return true;
}

bool percent_unescape(char *word, struct problem *ret_problem)
{
	return double_unescape(
		word, '%', "specifiers are not supported, write %% for a %", ret_problem);
}

static bool is_separator(const char *cursor)
{
	return cursor[0] == ';' && (cursor[1] == '\0' || is_space(cursor[1]));
}

static bool program_check(const char *word, struct problem *ret_problem)
{
	if (strchr("@-:+!|", *word) != NULL && *word != '\0') {
		*ret_problem = (struct problem){"prefixes of the program are not supported", word};
		return false;
	}
	if (*word != '/') {
		*ret_problem = (struct problem){"the program needs an absolute path", word};
		return false;
	}
	return true;
}

enum word_result exec_words_next(struct exec_words *words, char **ret_word)
{
	while (is_space(*words->cursor)) {
		words->cursor++;
	}
	if (is_separator(words->cursor)) {
		words->problem =
			(struct problem){"only one command, write \\; for a ;", words->cursor};
		return WORD_BAD;
	}
	enum word_result result = word_next(&words->cursor, ret_word, &words->problem);
	if (result != WORD_OK) {
		return result;
	}
	char *word = *ret_word;
	if (words->count++ == 0 && !program_check(word, &words->problem)) {
		return WORD_BAD;
	}
	if (words->may_name_pid && strcmp(word, "$MAINPID") == 0) {
		return WORD_OK;
	}
	bool is_good = percent_unescape(word, &words->problem) &&
		       double_unescape(word, '$', "variables are not supported, write $$ for a $",
			       &words->problem);
	return is_good ? WORD_OK : WORD_BAD;
}
