// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/cursors.h"

#include <string.h>

#include "compositor-glue/x11/layout.h"

/* Of the server's own cursor font, see X11/cursorfont.h. The mask of each glyph follows it. */
enum {
	GLYPH_BOTTOM_LEFT = 12,
	GLYPH_BOTTOM_RIGHT = 14,
	GLYPH_BOTTOM = 16,
	GLYPH_ARROW = 68,
	GLYPH_LEFT = 70,
	GLYPH_RIGHT = 96,
	GLYPH_TOP_LEFT = 134,
	GLYPH_TOP_RIGHT = 136,
	GLYPH_TOP = 138,
};

static const struct {
	uint32_t edges;
	uint16_t glyph;
} glyphs[] = {
	{0, GLYPH_ARROW},
	{LAYOUT_TOP, GLYPH_TOP},
	{LAYOUT_BOTTOM, GLYPH_BOTTOM},
	{LAYOUT_LEFT, GLYPH_LEFT},
	{LAYOUT_RIGHT, GLYPH_RIGHT},
	{LAYOUT_TOP | LAYOUT_LEFT, GLYPH_TOP_LEFT},
	{LAYOUT_TOP | LAYOUT_RIGHT, GLYPH_TOP_RIGHT},
	{LAYOUT_BOTTOM | LAYOUT_LEFT, GLYPH_BOTTOM_LEFT},
	{LAYOUT_BOTTOM | LAYOUT_RIGHT, GLYPH_BOTTOM_RIGHT},
};

void cursors_init(struct cursors *cursors, xcb_connection_t *x11, xcb_window_t root)
{
	static const char font_name[] = "cursor";
	xcb_font_t font = xcb_generate_id(x11);
	*cursors = (struct cursors){.x11 = x11};
	xcb_open_font(x11, font, (uint16_t)strlen(font_name), font_name);
	for (size_t i = 0; i < sizeof(glyphs) / sizeof(glyphs[0]); i++) {
		xcb_cursor_t cursor = xcb_generate_id(x11);
		xcb_create_glyph_cursor(x11, cursor, font, font, glyphs[i].glyph,
			(uint16_t)(glyphs[i].glyph + 1), 0, 0, 0, UINT16_MAX, UINT16_MAX,
			UINT16_MAX);
		cursors->cursor[glyphs[i].edges] = cursor;
	}
	xcb_close_font(x11, font);
	xcb_change_window_attributes(x11, root, XCB_CW_CURSOR, &cursors->cursor[0]);
}

void cursors_set(struct cursors *cursors, xcb_window_t frame, uint32_t edges)
{
	edges %= CURSORS_EDGES;
	if (frame != cursors->frame || edges != cursors->edges) {
		cursors->frame = frame;
		cursors->edges = edges;
		xcb_change_window_attributes(
			cursors->x11, frame, XCB_CW_CURSOR, &cursors->cursor[edges]);
	}
}
