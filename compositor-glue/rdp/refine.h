// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_REFINE_H
#define COMPOSITOR_GLUE_RDP_REFINE_H

#include "compositor-glue/rdp/rect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * What really differs between two pictures. PURE.
 *
 * Applications damage more than they change: whole windows, for a blinking cursor. The rectangles
 * found are made of cells of REFINE_CELL by REFINE_CELL pixels, cut to what differs; cells
 * beside each other and the same rows below each other come as one rectangle. When there are more
 * than REFINE_RECTS, the last is their hull.
 */

#define REFINE_CELL 16
#define REFINE_RECTS 96
/* So many cells that do not differ are taken along: less than a rectangle of its own costs. */
#define REFINE_GAP 2

/* Rows of 32 bit pixels. */
struct image {
	const uint8_t *pixels;
	int32_t width, height;
	size_t stride;
};

struct refined {
	struct rect rects[REFINE_RECTS];
	size_t count;
};

static inline const uint32_t *image_row(const struct image *image, int32_t x, int32_t y)
{
	return (const uint32_t *)(const void *)(image->pixels + (size_t)y * image->stride) + x;
}

/* Adds what differs within the area, which lies inside both pictures. */
void refine(struct refined *refined, const struct image *now, const struct image *before,
	const struct rect *area);

/* Adds a rectangle as it is. */
void refined_add(struct refined *refined, const struct rect *rect);

int64_t refined_pixels(const struct refined *refined);
struct rect refined_hull(const struct refined *refined);

#endif
