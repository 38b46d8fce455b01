// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/desktop_drag.h"

#include "sill-bridge-v1-client.h"

void drag_begin(struct drag *drag, const struct window *window, uint32_t edges, uint32_t button,
	int32_t x, int32_t y)
{
	*drag = (struct drag){
		.window = window->number,
		.edges = edges,
		.button = button,
		.from = window->geometry,
		.x = x,
		.y = y,
		.wanted = window->geometry,
		.told = true,
	};
}

/* The limits that are not set are 0. */
static int32_t limit_size(int32_t size, int32_t least, int32_t most)
{
	least = least > DRAG_SIZE_LEAST ? least : DRAG_SIZE_LEAST;
	most = most > 0 && most < WINDOW_SIZE_LIMIT ? most : WINDOW_SIZE_LIMIT;
	if (size > most) {
		size = most;
	}
	return size < least ? least : size;
}

/* One dimension: how far the near and the far edge go with the pointer. */
static void stretch(
	int32_t *at, int32_t *size, int32_t moved, bool near, bool far, int32_t least, int32_t most)
{
	if (near) {
		int32_t now = limit_size(*size - moved, least, most);
		*at += *size - now;
		*size = now;
	} else if (far) {
		*size = limit_size(*size + moved, least, most);
	}
}

void drag_motion(struct drag *drag, const struct size_limits *limits, int32_t x, int32_t y)
{
	struct rect rect = drag->from;
	uint32_t edges = drag->edges;
	int32_t dx = x - drag->x, dy = y - drag->y;
	if (edges == SILL_WINDOW_V1_EDGE_NONE) {
		rect.x += dx;
		rect.y += dy;
	}
	stretch(&rect.x, &rect.width, dx, edges & SILL_WINDOW_V1_EDGE_LEFT,
		edges & SILL_WINDOW_V1_EDGE_RIGHT, limits->min_width, limits->max_width);
	stretch(&rect.y, &rect.height, dy, edges & SILL_WINDOW_V1_EDGE_TOP,
		edges & SILL_WINDOW_V1_EDGE_BOTTOM, limits->min_height, limits->max_height);
	drag->told = drag->told && rect_equal(&rect, &drag->wanted);
	drag->wanted = rect;
}

uint32_t drag_corner(const struct rect *rect, int32_t x, int32_t y)
{
	uint32_t across = x < rect->x + rect->width / 2 ? SILL_WINDOW_V1_EDGE_LEFT
							: SILL_WINDOW_V1_EDGE_RIGHT;
	uint32_t down = y < rect->y + rect->height / 2 ? SILL_WINDOW_V1_EDGE_TOP
						       : SILL_WINDOW_V1_EDGE_BOTTOM;
	return across | down;
}
