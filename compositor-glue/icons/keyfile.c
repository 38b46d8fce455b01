// SPDX-License-Identifier: MIT
#include "compositor-glue/icons/keyfile.h"

#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static struct keyfile_text trim(const char *at, const char *end)
{
	while (at < end && is_blank(*at)) {
		at++;
	}
	while (end > at && is_blank(end[-1])) {
		end--;
	}
	return (struct keyfile_text){at, (size_t)(end - at)};
}

void keyfile_init(struct keyfile *file, const char *text, size_t size)
{
	*file = (struct keyfile){.at = text, .end = text + size};
}

static struct keyfile_text take_line(struct keyfile *file)
{
	const char *begin = file->at;
	const char *end = memchr(begin, '\n', (size_t)(file->end - begin));
	file->at = end != NULL ? end + 1 : file->end;
	file->number++;
	return trim(begin, end != NULL ? end : file->end);
}

static void read_line(struct keyfile_line *line, struct keyfile_text text)
{
	const char *end = text.at + text.length;
	const char *equals = memchr(text.at, '=', text.length);
	line->value = (struct keyfile_text){end, 0};
	if (text.at[0] == '[') {
		line->kind = text.length > 2 && end[-1] == ']' ? KEYFILE_GROUP : KEYFILE_BAD;
		line->name =
			(struct keyfile_text){text.at + 1, text.length > 2 ? text.length - 2 : 0};
		return;
	}
	line->kind = equals != NULL && equals > text.at ? KEYFILE_VALUE : KEYFILE_BAD;
	line->name = trim(text.at, equals != NULL ? equals : end);
	if (equals != NULL) {
		line->value = trim(equals + 1, end);
	}
}

bool keyfile_next(struct keyfile *file, struct keyfile_line *line)
{
	while (file->at < file->end) {
		struct keyfile_text text = take_line(file);
		if (text.length > 0 && text.at[0] != '#') {
			line->number = file->number;
			read_line(line, text);
			return true;
		}
	}
	return false;
}

bool keyfile_is(struct keyfile_text text, const char *word)
{
	return text.length == strlen(word) && memcmp(text.at, word, text.length) == 0;
}

static char unescape(char c)
{
	switch (c) {
	case 's':
		return ' ';
	case 'n':
		return '\n';
	case 't':
		return '\t';
	case 'r':
		return '\r';
	default:
		return c;
	}
}

bool keyfile_string(char *string, size_t size, struct keyfile_text value)
{
	size_t used = 0;
	for (size_t i = 0; i < value.length; i++) {
		char c = value.at[i];
		if (c == '\\' && i + 1 < value.length) {
			c = unescape(value.at[++i]);
		}
		if (used + 1 >= size || c == '\0') {
			string[0] = '\0';
			return false;
		}
		string[used++] = c;
	}
	string[used] = '\0';
	return true;
}

int keyfile_number(struct keyfile_text value, int max, int otherwise)
{
	int number = 0;
	for (size_t i = 0; i < value.length; i++) {
		char c = value.at[i];
		if (c < '0' || c > '9' || number > (max - (c - '0')) / 10) {
			return otherwise;
		}
		number = number * 10 + (c - '0');
	}
	return value.length > 0 ? number : otherwise;
}

bool keyfile_boolean(struct keyfile_text value)
{
	return keyfile_is(value, "true") || keyfile_is(value, "1");
}
