// SPDX-License-Identifier: MIT
#include "init/ctl/json.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *skip_blanks(const char *at)
{
	return at + strspn(at, " \t\r\n");
}

/* Behind a string that starts at `at`; at its end when it has none. */
static const char *skip_string(const char *at)
{
	for (at++; *at != '\0' && *at != '"'; at++) {
		at += at[0] == '\\' && at[1] != '\0';
	}
	return *at == '"' ? at + 1 : at;
}

/* Behind a value of any kind. */
static const char *skip_value(const char *at)
{
	int depth = 0;
	do {
		if (*at == '"') {
			at = skip_string(at);
			continue;
		}
		if (*at == '{' || *at == '[') {
			depth++;
		} else if (*at == '}' || *at == ']') {
			depth--;
		} else if (depth == 0 && (*at == ',' || *at == '\0')) {
			return at;
		}
		at += *at != '\0';
	} while (*at != '\0' && (depth > 0 || strchr(",}]", *at) == NULL));
	return at;
}

const char *json_member(const char *object, const char *key)
{
	if (object == NULL || *object != '{') {
		return NULL;
	}
	const char *at = skip_blanks(object + 1);
	while (*at == '"') {
		const char *name = at + 1;
		const char *end = skip_string(at);
		bool is_it = strncmp(name, key, strlen(key)) == 0 && name[strlen(key)] == '"';
		at = skip_blanks(end);
		if (*at != ':') {
			return NULL;
		}
		at = skip_blanks(at + 1);
		if (is_it) {
			return at;
		}
		at = skip_blanks(skip_value(at));
		at = *at == ',' ? skip_blanks(at + 1) : at;
	}
	return NULL;
}

const char *json_first(const char *array)
{
	if (array == NULL || *array != '[') {
		return NULL;
	}
	const char *at = skip_blanks(array + 1);
	return *at == ']' || *at == '\0' ? NULL : at;
}

const char *json_next(const char *item)
{
	const char *at = skip_blanks(skip_value(item));
	return *at == ',' ? skip_blanks(at + 1) : NULL;
}

/* init writes what is below blank as \u00XX and everything else as it is. */
static char unescape(const char **at)
{
	char digits[5] = "";
	if (**at != 'u' || strlen(*at) < 5) {
		return *(*at)++;
	}
	memcpy(digits, *at + 1, 4);
	*at += 5;
	return (char)strtol(digits, NULL, 16);
}

const char *json_text(const char *value, char *to, size_t size)
{
	size_t length = 0;
	if (value != NULL && *value == '"') {
		for (value++; *value != '\0' && *value != '"' && length + 1 < size;) {
			char c = *value++;
			to[length++] = c == '\\' && *value != '\0' ? unescape(&value) : c;
		}
	}
	to[length] = '\0';
	return to;
}

int64_t json_number(const char *value, int64_t fallback)
{
	char *end;
	int64_t number = value != NULL ? strtoll(value, &end, 10) : 0;
	return value == NULL || end == value ? fallback : number;
}
