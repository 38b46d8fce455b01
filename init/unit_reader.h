// SPDX-License-Identifier: MIT
#ifndef INIT_UNIT_READER_H
#define INIT_UNIT_READER_H

#include "init/unit.h"
#include "init/unit_lines.h"

/* A unit file on its way into a struct unit. */
struct unit_reader {
	struct unit *unit;
	struct unit_lines *lines;
	struct text_pool *pool;
	struct diag_list *diags;
};

/* Adds a fault found at `at`, which points into a line. */
__attribute__((format(printf, 3, 4))) void unit_reader_fault(
	struct unit_reader *reader, const char *at, const char *format, ...);

/* The fault that everything together is too much. */
void unit_reader_full(struct unit_reader *reader);

/* A lasting copy of `text`; an empty string and a fault when there is no room. */
char *unit_reader_keep(struct unit_reader *reader, const char *text);

/* A lasting copy of a word of a line, with its place. */
struct named unit_reader_named(struct unit_reader *reader, const char *word);

#endif
