// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_X11_LAYOUT_H
#define COMPOSITOR_GLUE_X11_LAYOUT_H

#include <stdbool.h>
#include <stdint.h>

/* Where the parts of a window's frame are, in pixels from the frame's corner. PURE. */

#define LAYOUT_SCALE_ONE 120 /* scales are in 120ths */

struct margins {
	int32_t left, top, right, bottom; // between the frame's edges and the application's window
};

struct box {
	int32_t x, y, width, height;
};

/* What a window is as far as its frame shows it. */
struct layout_window {
	bool is_decorated;
	bool is_maximized, is_fullscreen;
	bool is_fixed; // it cannot be resized
	uint32_t scale;
};

/* What is at a point of the frame. */
enum layout_part {
	LAYOUT_NOTHING, // the application's window, or a border that does nothing
	LAYOUT_TITLE,
	LAYOUT_MINIMIZE,
	LAYOUT_MAXIMIZE,
	LAYOUT_CLOSE,
	LAYOUT_EDGE, // and which edges follow the pointer
};

/* xdg_toplevel's */
enum {
	LAYOUT_TOP = 1,
	LAYOUT_BOTTOM = 2,
	LAYOUT_LEFT = 4,
	LAYOUT_RIGHT = 8,
};

struct layout_hit {
	enum layout_part part;
	uint32_t edges;
};

struct margins layout_margins(const struct layout_window *window);
/* Of a part in the title; width 0 when the window has no such, or no room for it. */
struct box layout_button(
	const struct layout_window *window, int32_t width, enum layout_part button);
/* What the buttons leave of the title. */
struct box layout_title(const struct layout_window *window, int32_t width);
struct layout_hit layout_at(
	const struct layout_window *window, int32_t width, int32_t height, int32_t x, int32_t y);

#endif
