// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_PICTURE_H
#define COMPOSITOR_GLUE_X11_PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The picture of _NET_WM_ICON (EWMH) that fits a task bar best. PURE. */

#define PICTURE_SIDE_MAX 1024
#define PICTURE_SIDE_WANTED 64
#define PICTURE_WORDS_MAX (1024 * 1024) /* of the property; pictures beyond do not count */

struct picture {
	uint32_t width, height;
	const uint32_t *pixels; // ARGB, not premultiplied; points into the property
};

/* Of several pictures the smallest that is large enough, else the largest. False without any. */
bool picture_choose(struct picture *picture, const uint32_t *words, size_t count);
uint32_t picture_side(const struct picture *picture);
/* The picture premultiplied in the middle of a square of that side, see-through around it. */
void picture_square(uint32_t *to, const struct picture *picture);

#endif
