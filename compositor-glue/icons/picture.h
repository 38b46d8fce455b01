// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_ICONS_PICTURE_H
#define COMPOSITOR_GLUE_ICONS_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "compositor-glue/icons/folders.h"
#include "compositor-glue/protocol/sill-icons-v1.h"

#define PICTURE_FILE_MAX (4 * 1024 * 1024) /* bytes; a larger file is passed over */
#define PICTURE_SIDE_MAX 1024 /* pixels of a PNG */

/* What a picture is, by the end of its name. */
enum picture_format {
	PICTURE_PNG,
	PICTURE_SVG,
};

/* Draws a picture as an icon, in the middle where it is no square. False when it is none. */
bool picture_draw(const struct file *file, enum picture_format format,
	uint32_t pixels[SILL_ICONS_SIDE * SILL_ICONS_SIDE]);

#endif
