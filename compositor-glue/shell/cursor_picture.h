// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_CURSOR_PICTURE_H
#define COMPOSITOR_GLUE_SHELL_CURSOR_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The shapes that applications ask for by name, drawn at any scale: white strokes with a black
 * edge. An image needs no cursor theme for it. Pure.
 */

#define CURSOR_PICTURE_UNITS 24 // both sides, in an application's units
#define CURSOR_PICTURE_SIDE_MAX 120 // in pixels, at the highest scale

enum cursor_shape {
	CURSOR_SHAPE_ARROW, // the client has its own
	CURSOR_SHAPE_POINTER,
	CURSOR_SHAPE_WAIT,
	CURSOR_SHAPE_CROSSHAIR,
	CURSOR_SHAPE_TEXT,
	CURSOR_SHAPE_VERTICAL_TEXT,
	CURSOR_SHAPE_MOVE,
	CURSOR_SHAPE_FORBIDDEN,
	CURSOR_SHAPE_GRAB,
	CURSOR_SHAPE_GRABBING,
	CURSOR_SHAPE_EW,
	CURSOR_SHAPE_NS,
	CURSOR_SHAPE_NESW,
	CURSOR_SHAPE_NWSE,
	CURSOR_SHAPE_COLUMN,
	CURSOR_SHAPE_ROW,
	CURSOR_SHAPE_HELP,
	CURSOR_SHAPE_ZOOM_IN,
	CURSOR_SHAPE_ZOOM_OUT,
	CURSOR_SHAPES,
};

struct cursor_point {
	int32_t x, y;
};

// How long a side is, in pixels
int32_t cursor_picture_side(uint32_t scale);
// Where it points, in pixels
struct cursor_point cursor_picture_hotspot(enum cursor_shape shape, uint32_t scale);
// Premultiplied ARGB8888, side * side of them. False for what is not drawn here
bool cursor_picture_draw(enum cursor_shape shape, uint32_t scale, uint32_t *pixels);

#endif
