// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/layout.h"

#define TITLE 28 /* lengths at scale 1 */
#define BORDER 4
#define BUTTON 34
#define CORNER 16 /* along a border, from where both edges follow the pointer */
#define TITLE_LEAST 24 /* that buttons leave of it */

static int32_t scaled(const struct layout_window *window, int32_t length)
{
	return (int32_t)(((int64_t)length * window->scale + LAYOUT_SCALE_ONE / 2) /
			 LAYOUT_SCALE_ONE);
}

struct margins layout_margins(const struct layout_window *window)
{
	if (!window->is_decorated || window->is_fullscreen) {
		return (struct margins){0};
	}
	int32_t border = window->is_maximized ? 0 : scaled(window, BORDER);
	return (struct margins){border, scaled(window, TITLE), border, border};
}

static bool has_button(const struct layout_window *window, enum layout_part button)
{
	return button == LAYOUT_CLOSE || button == LAYOUT_MINIMIZE ||
	       (button == LAYOUT_MAXIMIZE && !window->is_fixed);
}

/* From the right: close, maximize, minimize. */
static int32_t button_place(const struct layout_window *window, enum layout_part button)
{
	return button == LAYOUT_CLOSE ? 0 : button == LAYOUT_MAXIMIZE || window->is_fixed ? 1 : 2;
}

struct box layout_button(const struct layout_window *window, int32_t width, enum layout_part button)
{
	struct margins margins = layout_margins(window);
	int32_t side = scaled(window, BUTTON);
	int32_t x = width - margins.right - side * (button_place(window, button) + 1);
	if (margins.top == 0 || !has_button(window, button) ||
		x < margins.left + scaled(window, TITLE_LEAST)) {
		return (struct box){0};
	}
	return (struct box){x, 0, side, margins.top};
}

struct box layout_title(const struct layout_window *window, int32_t width)
{
	struct margins margins = layout_margins(window);
	int32_t right = width - margins.right;
	for (enum layout_part i = LAYOUT_MINIMIZE; i <= LAYOUT_CLOSE; i++) {
		struct box button = layout_button(window, width, i);
		if (button.width > 0 && button.x < right) {
			right = button.x;
		}
	}
	int32_t left = margins.left;
	return (struct box){left, 0, right > left ? right - left : 0, margins.top};
}

static bool inside(struct box box, int32_t x, int32_t y)
{
	return x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
}

/* The edges that a point is at, where it is at one: near a corner, both. */
static uint32_t edges_at(
	const struct layout_window *window, int32_t width, int32_t height, int32_t x, int32_t y)
{
	int32_t border = scaled(window, BORDER), corner = scaled(window, CORNER);
	bool at_border = x < border || x >= width - border || y < border || y >= height - border;
	if (window->is_maximized || window->is_fixed || !at_border) {
		return 0;
	}
	return (x < corner                   ? LAYOUT_LEFT
		       : x >= width - corner ? LAYOUT_RIGHT
					     : 0u) |
	       (y < corner                    ? LAYOUT_TOP
		       : y >= height - corner ? LAYOUT_BOTTOM
					      : 0u);
}

struct layout_hit layout_at(
	const struct layout_window *window, int32_t width, int32_t height, int32_t x, int32_t y)
{
	struct margins margins = layout_margins(window);
	uint32_t edges = margins.top > 0 ? edges_at(window, width, height, x, y) : 0;
	if (edges != 0) {
		return (struct layout_hit){LAYOUT_EDGE, edges};
	}
	for (enum layout_part i = LAYOUT_MINIMIZE; i <= LAYOUT_CLOSE; i++) {
		if (inside(layout_button(window, width, i), x, y)) {
			return (struct layout_hit){i, 0};
		}
	}
	bool in_title = inside(layout_title(window, width), x, y);
	return (struct layout_hit){in_title ? LAYOUT_TITLE : LAYOUT_NOTHING, 0};
}
