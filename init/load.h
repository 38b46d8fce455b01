// SPDX-License-Identifier: MIT
#ifndef INIT_LOAD_H
#define INIT_LOAD_H

#include "init/graph.h"
#include "init/unit_lines.h"

#define LOAD_DIRECTORIES_MAX 8

/* Where to look for unit files. */
struct unit_directories {
	const char *paths[LOAD_DIRECTORIES_MAX];
	size_t count;
	bool may_be_missing; // they are the default ones, which nobody asked for
};

/* Every unit there is, by name, and how they hang together. */
struct unit_table {
	struct unit units[UNIT_MAX];
	size_t count;
	struct graph graph;
	struct text_pool pool;
};

/*
 * Reads the unit files of some directories; where two have a file of the same name the first wins.
 * Every fault is added to `diags`; false when there was one.
 */
bool load_units(struct unit_table *table, const struct unit_directories *directories,
	struct unit_lines *lines, struct diag_list *diags);

#endif
