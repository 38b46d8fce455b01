// SPDX-License-Identifier: MIT
#include "init/load.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "init/directory.h"
#include "init/text_file.h"

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

static void add_file(
	struct unit_table *table, const char *directory, const char *name, struct diag_list *diags)
{
	char path[DIRECTORY_PATH_MAX];
	struct unit unit = {0};
	if (!unit_kind_of(name, &unit.kind) ||
		unit_find(table->units, table->count, name) != UNIT_NONE) {
		return;
	}
	int length = snprintf(path, sizeof(path), "%s/%s", directory, name);
	unit.name = text_pool_add(&table->pool, name);
	unit.file = text_pool_add(&table->pool, path);
	if (unit.name == NULL || unit.file == NULL || (size_t)length >= sizeof(path)) {
		diag_add(diags, directory, (struct position){0}, "the name of %.64s is too long",
			name);
	} else if (table->count == UNIT_MAX) {
		diag_add(diags, unit.file, (struct position){1, 1}, "more than %d units", UNIT_MAX);
	} else {
		insert(table, &unit);
	}
}

static void list_directory(
	struct unit_table *table, const char *path, bool may_be_missing, struct diag_list *diags)
{
	DIR *directory = opendir(path);
	if (directory == NULL) {
		if (errno != ENOENT || !may_be_missing) {
			diag_add(diags, path, (struct position){0}, "cannot read it: %s",
				strerror(errno));
		}
		return;
	}
	const struct dirent *entry;
	while ((entry = readdir(directory)) != NULL) {
		add_file(table, path, entry->d_name, diags);
	}
	closedir(directory);
}

static void read_unit(struct unit_table *table, struct unit *unit, struct diag_list *diags)
{
	static struct unit_lines lines;
	static char text[UNIT_FILE_MAX + 1];
	long size = text_file_read(unit->file, text, sizeof(text));
	if (size < 0) {
		diag_add(diags, unit->file, (struct position){1, 1}, "cannot read it: %s",
			strerror((int)-size));
		return;
	}
	unit_lines_init(&lines, text, (size_t)size);
	(void)unit_parse(unit, &lines, &table->pool, diags);
}

bool load_units(struct unit_table *table, const struct unit_directories *directories,
	struct diag_list *diags)
{
	size_t before = diags->count + diags->dropped;
	for (size_t i = 0; i < directories->count; i++) {
		list_directory(table, directories->paths[i], directories->may_be_missing, diags);
	}
	if (table->count == 0 && diags->count == before) {
		diag_add(diags, directories->paths[directories->count - 1], (struct position){0},
			"there are no units");
	}
	for (size_t i = 0; i < table->count; i++) {
		read_unit(table, &table->units[i], diags);
	}
	(void)graph_build(&table->graph, table->units, table->count, diags);
	return diags->count + diags->dropped == before;
}
