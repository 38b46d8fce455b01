// SPDX-License-Identifier: MIT
#ifndef INIT_LOAD_H
#define INIT_LOAD_H

#include "init/graph.h"

#define LOAD_DIRECTORIES_MAX 8

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
bool load_units(struct unit_table *table, const char *const *directories, size_t directory_count,
	struct diag_list *diags);

#endif
