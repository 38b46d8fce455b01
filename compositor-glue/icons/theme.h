// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_ICONS_THEME_H
#define COMPOSITOR_GLUE_ICONS_THEME_H

#include <stdbool.h>

#include "compositor-glue/icons/folders.h"
#include "compositor-glue/icons/picture.h"

#define THEMES_MAX 16 /* that are looked through for one icon */

/* The picture of an icon of that name, of the size that is asked for or the next best one. */
bool theme_find(const struct folders *folders, const char *name, struct file *ret_file,
	enum picture_format *ret_format);

/* One that an entry names by its path in the entry's own system. */
bool theme_open(const struct folder *folder, const char *path, struct file *ret_file,
	enum picture_format *ret_format);

#endif
