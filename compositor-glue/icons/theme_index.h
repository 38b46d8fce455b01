// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_ICONS_THEME_INDEX_H
#define COMPOSITOR_GLUE_ICONS_THEME_INDEX_H

#include <stddef.h>

#include "compositor-glue/icons/keyfile.h"

/* An icon theme's index.theme: which folders it has, for which sizes (Icon Theme Specification).
 * PURE. */

#define THEME_INDEX_SIZE_MAX (512 * 1024) /* bytes of the file; a longer one is passed over */
#define THEME_FOLDERS_MAX 1024
#define THEME_PARENTS_MAX 8
#define THEME_NAME_SIZE 64
#define THEME_FOLDER_SIZE 128

struct theme_folder {
	char path[THEME_FOLDER_SIZE]; // below the theme
	int misfit; // 0: has the size that is wanted; the smaller the better
	int place; // in the file
};

struct theme_index {
	char parents[THEME_PARENTS_MAX][THEME_NAME_SIZE]; // Inherits=
	size_t parent_count;
	struct theme_folder folders[THEME_FOLDERS_MAX]; // the best first, else as in the file
	size_t folder_count;
};

/* For icons of `size` pixels. */
void theme_index_parse(struct theme_index *index, const char *text, size_t length, int size);

#endif
