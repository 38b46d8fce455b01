// SPDX-License-Identifier: MIT
#include "rootfs-manifest/pattern.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

static bool match(const char *pattern, const char *path);

/* After a '**': the rest of the pattern may start at any of the path's components. */
static bool match_components(const char *rest, const char *path)
{
	while (*rest != '\0' && !match(rest, path)) {
		path = strchr(path, '/');
		if (path == NULL) {
			return false;
		}
		path++;
	}
	return true;
}

static bool match(const char *pattern, const char *path)
{
	for (; *pattern != '\0'; pattern++, path++) {
		if (strncmp(pattern, "**", 2) == 0) {
			return match_components(pattern + 2 + (pattern[2] == '/'), path);
		}
		if (*pattern == '*') {
			for (; *path != '\0' && *path != '/'; path++) {
				if (match(pattern + 1, path)) {
					return true;
				}
			}
			return match(pattern + 1, path);
		}
		if (*path == '\0' || (*pattern == '?' ? *path == '/' : *pattern != *path)) {
			return false;
		}
	}
	return *path == '\0';
}

/* Writes the pattern with its first braces replaced by one of the alternatives in them. */
static bool replace(char *out, const char *pattern, const char *open, const char *alternative,
	size_t size, const char *rest)
{
	int written = snprintf(out, PATTERN_SIZE_MAX, "%.*s%.*s%s", (int)(open - pattern), pattern,
		(int)size, alternative, rest);
	return written >= 0 && written < PATTERN_SIZE_MAX;
}

bool pattern_matches(const char *pattern, const char *path)
{
	const char *open = strchr(pattern, '{');
	const char *close = open != NULL ? strchr(open, '}') : NULL;
	if (close == NULL) {
		return match(pattern, path);
	}
	const char *alternative = open + 1;
	for (;;) {
		size_t size = strcspn(alternative, ",}");
		char one[PATTERN_SIZE_MAX];
		if (replace(one, pattern, open, alternative, size, close + 1) &&
			pattern_matches(one, path)) {
			return true;
		}
		alternative += size + 1;
		if (alternative > close) {
			return false;
		}
	}
}

const char *pattern_problem(const char *pattern)
{
	unsigned stars = 0;
	unsigned braces = 0;
	bool inside = false;
	for (const char *c = pattern; *c != '\0'; c++) {
		stars += *c == '*';
		if (*c == '{') {
			if (inside) {
				return "braces within braces";
			}
			braces++;
			inside = true;
		} else if (*c == '}') {
			if (!inside) {
				return "a brace is closed that was not opened";
			}
			inside = false;
		} else if (*c == '*' && c[1] == '*' &&
			   ((c > pattern && c[-1] != '/') || (c[2] != '/' && c[2] != '\0'))) {
			return "'**' must be a whole component";
		} else if (*c == '*' && c[1] == '*') {
			c++;
		}
	}
	if (inside) {
		return "a brace is not closed";
	}
	if (strlen(pattern) >= PATTERN_SIZE_MAX || stars > PATTERN_STARS_MAX ||
		braces > PATTERN_BRACES_MAX) {
		return "the pattern is too complicated";
	}
	return NULL;
}
