// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_DESKTOP_SCENE_H
#define COMPOSITOR_GLUE_RDP_DESKTOP_SCENE_H

#include "compositor-glue/rdp/buffer.h"
#include "compositor-glue/rdp/rect.h"
#include "compositor-glue/rdp/refine.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Windows on top of one another, as one picture. PURE. Pixels are premultiplied ARGB8888 in the
 * machine's byte order.
 */

#define SCENE_BACKGROUND 0xff2b3a42
/* With more rectangles than this, one that covers several is painted. */
#define SCENE_DAMAGE_LIMIT 32

/* A window's pixels, as large as they are, somewhere on the picture. */
struct layer {
	int32_t x, y;
	struct image image; // nothing is shown without pixels
	bool translucent; /* what is under it shows through; else its alpha does not count */
};

/* What is to be painted again. */
struct scene_damage {
	struct rect list[SCENE_DAMAGE_LIMIT];
	size_t count;
};

struct rect scene_layer_rect(const struct layer *layer);

/* Adds what of the rectangle is on a picture of that size. */
void scene_damage_add(
	struct scene_damage *damage, const struct rect *rect, int32_t width, int32_t height);

/* Paints that part of the picture, whose memory is our own, and which it must be on. The topmost
 * layer comes first. */
void scene_paint(
	struct buffer *canvas, const struct layer *layers, size_t count, const struct rect *area);

/* Whether one of the layers above hides all of this one that is on the picture. */
bool scene_is_hidden(const struct layer *layers, size_t index, int32_t width, int32_t height);

#endif
