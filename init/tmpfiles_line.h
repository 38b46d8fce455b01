// SPDX-License-Identifier: MIT
#ifndef INIT_TMPFILES_LINE_H
#define INIT_TMPFILES_LINE_H

#include <stdbool.h>

#include "init/words.h"

enum tmpfiles_type {
	TMPFILES_DIRECTORY, // d
	TMPFILES_LINK, // L+
};

/* A line of tmpfiles.d(5), as far as we need it. Strings point into the line. */
struct tmpfiles_line {
	enum tmpfiles_type type;
	char *path;
	unsigned mode;
	char *user; // NULL: "-", init's own
	char *group; // NULL: the same
	char *target; // of a link
};

enum tmpfiles_result {
	TMPFILES_OK,
	TMPFILES_EMPTY, // blank or a comment
	TMPFILES_BAD,
};

/* `line` is without its end and is changed. */
enum tmpfiles_result tmpfiles_line_parse(
	char *line, struct tmpfiles_line *ret_line, struct problem *ret_problem);

#endif
