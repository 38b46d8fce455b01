// SPDX-License-Identifier: MIT
#include "compositor-glue/icons/theme_index.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define SIZE_MAX_PIXELS 4096
#define SCALE_MAX 8
#define THRESHOLD_DEFAULT 2
#define TOO_SMALL (INT_MAX / 2)

enum folder_type {
	FOLDER_THRESHOLD,
	FOLDER_FIXED,
	FOLDER_SCALABLE,
};

/* A group of the file; -1: not said. */
struct group {
	struct keyfile_text name;
	enum folder_type type;
	int size, scale, min, max, threshold;
};

static enum folder_type type_of(struct keyfile_text value)
{
	if (keyfile_is(value, "Fixed")) {
		return FOLDER_FIXED;
	}
	return keyfile_is(value, "Scalable") ? FOLDER_SCALABLE : FOLDER_THRESHOLD;
}

static void take_value(struct group *group, const struct keyfile_line *line)
{
	if (keyfile_is(line->name, "Size")) {
		group->size = keyfile_number(line->value, SIZE_MAX_PIXELS, -1);
	} else if (keyfile_is(line->name, "Scale")) {
		group->scale = keyfile_number(line->value, SCALE_MAX, 1);
	} else if (keyfile_is(line->name, "MinSize")) {
		group->min = keyfile_number(line->value, SIZE_MAX_PIXELS, -1);
	} else if (keyfile_is(line->name, "MaxSize")) {
		group->max = keyfile_number(line->value, SIZE_MAX_PIXELS, -1);
	} else if (keyfile_is(line->name, "Threshold")) {
		group->threshold = keyfile_number(line->value, SIZE_MAX_PIXELS, THRESHOLD_DEFAULT);
	} else if (keyfile_is(line->name, "Type")) {
		group->type = type_of(line->value);
	}
}

/* A picture that is larger is made smaller; one that is too small only when there is no other. */
static int misfit(const struct group *group, int size)
{
	int low = group->size, high = group->size;
	if (group->type == FOLDER_SCALABLE) {
		low = group->min >= 0 ? group->min : low;
		high = group->max >= 0 ? group->max : high;
	} else if (group->type == FOLDER_THRESHOLD) {
		low -= group->threshold;
		high += group->threshold;
	}
	low *= group->scale;
	high *= group->scale;
	if (size > high) {
		return TOO_SMALL + size - high;
	}
	return size < low ? low - size : 0;
}

static void begin_group(struct group *group, struct keyfile_text name)
{
	*group = (struct group){.name = name,
		.size = -1,
		.scale = 1,
		.min = -1,
		.max = -1,
		.threshold = THRESHOLD_DEFAULT};
}

/* What has a size is a folder. That Directories= has to list it, too, is not asked for. */
static void end_group(struct theme_index *index, const struct group *group, int size)
{
	if (group->size <= 0 || index->folder_count == THEME_FOLDERS_MAX ||
		group->name.length >= THEME_FOLDER_SIZE ||
		memchr(group->name.at, '\0', group->name.length) != NULL) {
		return;
	}
	struct theme_folder *folder = &index->folders[index->folder_count];
	folder->place = (int)index->folder_count++;
	memcpy(folder->path, group->name.at, group->name.length);
	folder->path[group->name.length] = '\0';
	folder->misfit = misfit(group, size);
}

static void add_parents(struct theme_index *index, struct keyfile_text value)
{
	const char *at = value.at, *end = value.at + value.length;
	while (at < end && index->parent_count < THEME_PARENTS_MAX) {
		const char *comma = memchr(at, ',', (size_t)(end - at));
		const char *stop = comma != NULL ? comma : end;
		struct keyfile_text name = {at, (size_t)(stop - at)};
		if (keyfile_string(index->parents[index->parent_count], THEME_NAME_SIZE, name) &&
			name.length > 0) {
			index->parent_count++;
		}
		at = comma != NULL ? comma + 1 : end;
	}
}

static int compare(const void *left, const void *right)
{
	const struct theme_folder *a = left, *b = right;
	return a->misfit != b->misfit ? (a->misfit > b->misfit ? 1 : -1) : a->place - b->place;
}

void theme_index_parse(struct theme_index *index, const char *text, size_t length, int size)
{
	struct keyfile file;
	struct keyfile_line line;
	struct group group;
	bool is_head = false;
	index->parent_count = index->folder_count = 0;
	keyfile_init(&file, text, length);
	begin_group(&group, (struct keyfile_text){text, 0});
	while (keyfile_next(&file, &line)) {
		if (line.kind == KEYFILE_GROUP) {
			end_group(index, &group, size);
			begin_group(&group, line.name);
			is_head = keyfile_is(line.name, "Icon Theme");
		} else if (line.kind == KEYFILE_VALUE && is_head) {
			if (keyfile_is(line.name, "Inherits")) {
				add_parents(index, line.value);
			}
		} else if (line.kind == KEYFILE_VALUE) {
			take_value(&group, &line);
		}
	}
	end_group(index, &group, size);
	qsort(index->folders, index->folder_count, sizeof(index->folders[0]), compare);
}
