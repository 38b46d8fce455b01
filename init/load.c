// SPDX-License-Identifier: MIT
#include "init/load.h"

#include <errno.h>
#include <string.h>

#include "init/directory.h"
#include "init/format.h"
#include "init/text_file.h"
#include "init/unit_parse.h"

/* Keeps the units sorted by name: the order in which sockets are handed over. */
static void insert(struct unit_table *table, const struct unit *unit)
{
	size_t place = 0;
	while (place < table->count && strcmp(table->units[place].name, unit->name) < 0) {
		place++;
	}
	memmove(&table->units[place + 1], &table->units[place],
		(table->count - place) * sizeof(table->units[0]));
	table->units[place] = *unit;
	table->count++;
}

/* A directory that is being listed. */
struct listing {
	struct unit_table *table;
	struct diag_list *diags;
	const char *path;
};

static void add_file(void *data, const char *name)
{
	const struct listing *listing = data;
	struct unit_table *table = listing->table;
	char path[DIRECTORY_PATH_MAX];
	struct unit unit = {0};
	if (!unit_kind_of(name, &unit.kind) ||
		unit_find(table->units, table->count, name) != UNIT_NONE) {
		return;
	}
	size_t length = format_text(path, sizeof(path), "%s/%s", listing->path, name);
	unit.name = text_pool_add(&table->pool, name);
	unit.file = text_pool_add(&table->pool, path);
	if (unit.name == NULL || unit.file == NULL || length >= sizeof(path)) {
		diag_add(listing->diags, listing->path, (struct position){0},
			"the name of %.64s is too long", name);
	} else if (table->count == UNIT_MAX) {
		diag_add(listing->diags, unit.file, (struct position){1, 1}, "more than %d units",
			UNIT_MAX);
	} else {
		insert(table, &unit);
	}
}

static void read_unit(struct unit_table *table, struct unit *unit, struct unit_lines *lines,
	struct diag_list *diags)
{
	long size = text_file_read(unit->file, lines->text, sizeof(lines->text));
	if (size < 0) {
		diag_add(diags, unit->file, (struct position){1, 1}, "cannot read it: %s",
			strerror((int)-size));
		return;
	}
	unit_lines_init(lines, (size_t)size);
	(void)unit_parse(unit, lines, &table->pool, diags);
}

bool load_units(struct unit_table *table, const struct unit_directories *directories,
	struct unit_lines *lines, struct diag_list *diags)
{
	size_t before = diags->count + diags->dropped;
	for (size_t i = 0; i < directories->count; i++) {
		struct listing listing = {table, diags, directories->paths[i]};
		int result = directory_list(listing.path, add_file, &listing);
		if (result < 0 && !(result == -ENOENT && directories->may_be_missing)) {
			diag_add(diags, listing.path, (struct position){0}, "cannot read it: %s",
				strerror(-result));
		}
	}
	if (table->count == 0 && diags->count == before) {
		diag_add(diags, directories->paths[directories->count - 1], (struct position){0},
			"there are no units");
	}
	for (size_t i = 0; i < table->count; i++) {
		read_unit(table, &table->units[i], lines, diags);
	}
	(void)graph_build(&table->graph, table->units, table->count, diags);
	return diags->count + diags->dropped == before;
}
