// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_FRAME_PICTURE_H
#define COMPOSITOR_GLUE_X11_FRAME_PICTURE_H

#include <stdbool.h>
#include <stdint.h>
#include <xcb/xcb.h>

#include "compositor-glue/x11/layout.h"

/* What a frame shows. */
struct frame_picture {
	struct layout_window window;
	int32_t width; // of the frame
	const char *title; // UTF-8
	bool is_active;
	enum layout_part hovered;
};

/* The colour of borders, as a pixel. */
uint32_t frame_picture_border(bool is_active);
/* Draws the title, the only part of a frame that is not of one colour. */
void frame_picture_put(const struct frame_picture *picture, xcb_connection_t *x11,
	xcb_window_t frame, xcb_gcontext_t gc, uint8_t depth);

#endif
