// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_DESKTOP_DRAG_H
#define COMPOSITOR_GLUE_RDP_DESKTOP_DRAG_H

#include "compositor-glue/rdp/rect.h"
#include "compositor-glue/rdp/window.h"

#include <stdbool.h>
#include <stdint.h>

/* A window that is moved or resized with the pointer on a desktop view. PURE. */

/* Nothing is made smaller than this by dragging. */
#define DRAG_SIZE_LEAST 40

struct drag {
	uint32_t window; // number, 0: none is dragged
	uint32_t edges; // enum sill_window_v1_edge; none: it is moved
	uint32_t button; // which ends it
	struct rect from; // the window when that began
	int32_t x, y; // and the pointer
	struct rect wanted; // where the window is to be
	bool told; /* and the compositor knows that */
};

void drag_begin(struct drag *drag, const struct window *window, uint32_t edges, uint32_t button,
	int32_t x, int32_t y);

/* The pointer went there. */
void drag_motion(struct drag *drag, const struct size_limits *limits, int32_t x, int32_t y);

/* The edges of the corner that is nearest. */
uint32_t drag_corner(const struct rect *rect, int32_t x, int32_t y);

#endif
