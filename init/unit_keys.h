// SPDX-License-Identifier: MIT
#ifndef INIT_UNIT_KEYS_H
#define INIT_UNIT_KEYS_H

#include "init/unit.h"

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

/* A lasting copy of `text`; an empty string and a fault when there is no room. */
char *unit_reader_keep(struct unit_reader *reader, const char *text);

/* Applies one Key=value of [section]; what is wrong with it becomes a fault. */
void unit_reader_set(struct unit_reader *reader, const char *section, struct unit_line *line);

#endif
