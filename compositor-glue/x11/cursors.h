// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_CURSORS_H
#define COMPOSITOR_GLUE_X11_CURSORS_H

#include <stdint.h>
#include <xcb/xcb.h>

#define CURSORS_EDGES 16 /* combinations of edges */

/* The pointer over the root, which windows without one of their own inherit, and over frames. */
struct cursors {
	xcb_connection_t *x11;
	xcb_cursor_t cursor[CURSORS_EDGES]; // by the edges that follow the pointer; 0: the arrow
	xcb_window_t frame; // that has it set now
	uint32_t edges;
};

void cursors_init(struct cursors *cursors, xcb_connection_t *x11, xcb_window_t root);
/* For as long as the pointer is at these edges of the frame. */
void cursors_set(struct cursors *cursors, xcb_window_t frame, uint32_t edges);

#endif
