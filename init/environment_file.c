// SPDX-License-Identifier: MIT
#include "init/environment_file.h"

#include <string.h>

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static bool is_name(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		bool is_letter = (text[i] >= 'A' && text[i] <= 'Z') ||
				 (text[i] >= 'a' && text[i] <= 'z') || text[i] == '_';
		if (!is_letter && (i == 0 || text[i] < '0' || text[i] > '9')) {
			return false;
		}
	}
	return length > 0;
}

/* The value that starts at `from`, unquoted to `to`; where it ends. It may go over several lines.
 */
static char *unquote(char *from, char *to)
{
	char quote = '\0', *kept = to; // blanks at the end of a bare value do not count
	while (*from != '\0' && (quote != '\0' || *from != '\n')) {
		if (*from == '\\' && quote != '\'' && from[1] != '\0') {
			bool is_joined = *++from == '\n';
			if (!is_joined) {
				*to++ = *from;
			}
			kept = to;
			from++;
		} else if (*from == quote || (quote == '\0' && (*from == '"' || *from == '\''))) {
			quote = quote == '\0' ? *from : '\0';
			kept = to;
			from++;
		} else {
			kept = quote != '\0' || !is_blank(*from) ? to + 1 : kept;
			*to++ = *from++;
		}
	}
	char *end = *from == '\n' ? from + 1 : from;
	*kept = '\0';
	return end;
}

bool environment_file_put(struct environment *environment, char *text)
{
	while (*text != '\0') {
		while (is_blank(*text) || *text == '\n') {
			text++;
		}
		size_t name = strcspn(text, "=\n");
		char *value = text + name;
		if (*text == '#' || *text == ';' || *value != '=') {
			text += strcspn(text, "\n");
			continue;
		}
		char *line = text, *start = value + 1;
		while (is_blank(*start)) {
			start++;
		}
		text = unquote(start, start);
		while (name > 0 && is_blank(line[name - 1])) {
			name--;
		}
		line[name] = '\0';
		if (is_name(line, name) && !environment_set(environment, line, start)) {
			return false;
		}
	}
	return true;
}
