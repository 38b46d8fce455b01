// SPDX-License-Identifier: MIT
#include "compositor-glue/icons/theme.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compositor-glue/icons/theme_index.h"
#include "compositor-glue/protocol/sill-icons-v1.h"

/*
 * Where icons of applications are, then themes that have those of the desktop, which some entries
 * name; each is followed by those that it inherits from. Which one a person chose, nobody tells us.
 */
static const char *const first_themes[] = {
	"hicolor", "Adwaita", "breeze", "Papirus", "Yaru", "gnome"};

/* The names of themes, in the order in which they are looked through. */
struct queue {
	char names[THEMES_MAX][THEME_NAME_SIZE];
	size_t count;
};

static const struct {
	const char *suffix;
	enum picture_format format;
} formats[] = {{".png", PICTURE_PNG}, {".svg", PICTURE_SVG}};

#define FORMAT_COUNT (sizeof(formats) / sizeof(formats[0]))

static void add_theme(struct queue *queue, const char *name)
{
	for (size_t i = 0; i < queue->count; i++) {
		if (strcmp(queue->names[i], name) == 0) {
			return;
		}
	}
	if (queue->count < THEMES_MAX && strchr(name, '/') == NULL && name[0] != '.') {
		snprintf(queue->names[queue->count++], THEME_NAME_SIZE, "%s", name);
	}
}

/* In one folder of files, in every format and from every data folder. */
static bool find_in(const struct folders *folders, const char *where, const char *name,
	struct file *ret_file, enum picture_format *ret_format)
{
	char path[PATH_MAX];
	for (size_t i = 0; i < folders->count; i++) {
		for (size_t j = 0; j < FORMAT_COUNT; j++) {
			int length = snprintf(
				path, sizeof(path), "%s/%s%s", where, name, formats[j].suffix);
			if (length > 0 && (size_t)length < sizeof(path) &&
				folder_read(&folders->all[i], path, PICTURE_FILE_MAX, ret_file)) {
				*ret_format = formats[j].format;
				return true;
			}
		}
	}
	return false;
}

/* Where applications put theirs, on a system that they brought no index.theme of hicolor to. */
static const char hicolor[] = "[64x64/apps]\nSize=64\nType=Fixed\n"
			      "[scalable/apps]\nSize=128\nMinSize=1\nMaxSize=512\nType=Scalable\n"
			      "[96x96/apps]\nSize=96\nType=Fixed\n"
			      "[128x128/apps]\nSize=128\nType=Fixed\n"
			      "[256x256/apps]\nSize=256\nType=Fixed\n"
			      "[512x512/apps]\nSize=512\nType=Fixed\n"
			      "[48x48/apps]\nSize=48\nType=Fixed\n"
			      "[32x32/apps]\nSize=32\nType=Fixed\n";

/* The first data folder that has the theme's index says what there is in all of them. */
static bool read_index(
	const struct folders *folders, const char *theme, struct theme_index *ret_index)
{
	char path[PATH_MAX];
	struct file file;
	snprintf(path, sizeof(path), "icons/%s/index.theme", theme);
	for (size_t i = 0; i < folders->count; i++) {
		if (folder_read(&folders->all[i], path, THEME_INDEX_SIZE_MAX, &file)) {
			theme_index_parse(ret_index, file.data, file.size, SILL_ICONS_SIDE);
			file_finish(&file);
			return true;
		}
	}
	if (strcmp(theme, "hicolor") == 0) {
		theme_index_parse(ret_index, hicolor, sizeof(hicolor) - 1, SILL_ICONS_SIDE);
		return true;
	}
	return false;
}

static bool find_in_theme(const struct folders *folders, const char *theme,
	const struct theme_index *index, const char *name, struct file *ret_file,
	enum picture_format *ret_format)
{
	char where[PATH_MAX];
	for (size_t i = 0; i < index->folder_count; i++) {
		snprintf(where, sizeof(where), "icons/%s/%s", theme, index->folders[i].path);
		if (find_in(folders, where, name, ret_file, ret_format)) {
			return true;
		}
	}
	return false;
}

static bool find_in_themes(const struct folders *folders, const char *name, struct file *ret_file,
	enum picture_format *ret_format)
{
	struct queue queue = {0};
	bool is_found = false;
	struct theme_index *index = malloc(sizeof(*index));
	for (size_t i = 0; i < sizeof(first_themes) / sizeof(first_themes[0]); i++) {
		add_theme(&queue, first_themes[i]);
	}
	for (size_t i = 0; index != NULL && !is_found && i < queue.count; i++) {
		if (!read_index(folders, queue.names[i], index)) {
			continue;
		}
		is_found =
			find_in_theme(folders, queue.names[i], index, name, ret_file, ret_format);
		for (size_t j = 0; j < index->parent_count; j++) {
			add_theme(&queue, index->parents[j]);
		}
	}
	free(index);
	return is_found;
}

bool theme_find(const struct folders *folders, const char *name, struct file *ret_file,
	enum picture_format *ret_format)
{
	if (name[0] == '\0' || strchr(name, '/') != NULL) {
		return false;
	}
	return find_in_themes(folders, name, ret_file, ret_format) ||
	       find_in(folders, "icons", name, ret_file, ret_format) ||
	       find_in(folders, "pixmaps", name, ret_file, ret_format);
}

static bool format_of(const char *path, enum picture_format *ret_format)
{
	size_t length = strlen(path);
	for (size_t i = 0; i < FORMAT_COUNT; i++) {
		size_t suffix = strlen(formats[i].suffix);
		if (length > suffix && strcmp(path + length - suffix, formats[i].suffix) == 0) {
			*ret_format = formats[i].format;
			return true;
		}
	}
	return false;
}

bool theme_open(const struct folder *folder, const char *path, struct file *ret_file,
	enum picture_format *ret_format)
{
	return format_of(path, ret_format) && folder_read(folder, path, PICTURE_FILE_MAX, ret_file);
}
