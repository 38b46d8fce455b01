// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_ICONS_KEYFILE_H
#define COMPOSITOR_GLUE_ICONS_KEYFILE_H

#include <stdbool.h>
#include <stddef.h>

/* The lines of .desktop files and of icon themes' indexes (Desktop Entry Specification 1.5). PURE.
 */

enum keyfile_kind {
	KEYFILE_GROUP, // [name]
	KEYFILE_VALUE, // name=value
	KEYFILE_BAD, // neither, nor blank, nor a comment
};

struct keyfile_text {
	const char *at; // into the file, without a NUL
	size_t length;
};

struct keyfile_line {
	enum keyfile_kind kind;
	unsigned number; // from 1 on
	struct keyfile_text name, value;
};

struct keyfile {
	const char *at, *end;
	unsigned number;
};

void keyfile_init(struct keyfile *file, const char *text, size_t size);
/* The next line that is not blank and no comment; false at the end. */
bool keyfile_next(struct keyfile *file, struct keyfile_line *line);
bool keyfile_is(struct keyfile_text text, const char *word);
/* A value with its escapes (\s \n \t \r \\) replaced; false, and "", when it has no room. */
bool keyfile_string(char *string, size_t size, struct keyfile_text value);
/* A number from 0 to `max`; what is none is `otherwise`. */
int keyfile_number(struct keyfile_text value, int max, int otherwise);
bool keyfile_boolean(struct keyfile_text value);

#endif
