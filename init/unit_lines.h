// SPDX-License-Identifier: MIT
#ifndef INIT_UNIT_LINES_H
#define INIT_UNIT_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "init/diag.h"

#define UNIT_FILE_MAX 16384

enum unit_line_kind {
	UNIT_LINE_SECTION,
	UNIT_LINE_SETTING,
	UNIT_LINE_BAD,
};

struct unit_line {
	enum unit_line_kind kind;
	char *name; // section or key
	char *value; // of a setting: joined, trimmed, may be changed in place
	const char *problem; // of a bad line
};

/*
 * The logical lines of a unit file: comments left out, continuations joined. Joining keeps every
 * byte in its place, so a pointer into a line still tells where in the file it stood.
 */
struct unit_lines {
	char text[UNIT_FILE_MAX + 1]; // as read, by the caller
	char work[UNIT_FILE_MAX + 1]; // what lines point into
	size_t size;
	size_t next;
};

/* Begins with the `size` bytes that are in its text. */
void unit_lines_init(struct unit_lines *lines, size_t size);

bool unit_lines_next(struct unit_lines *lines, struct unit_line *ret_line);

/* Where in the file a pointer that came with a line stands. */
struct position unit_lines_position(const struct unit_lines *lines, const char *at);

#endif
