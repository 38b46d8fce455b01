// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/frame_picture.h"

#include <cairo.h>

/* Colours, 0xRRGGBB */
#define ACTIVE 0x2e3a46
#define INACTIVE 0x59646f
#define ACTIVE_TEXT 0xffffff
#define INACTIVE_TEXT 0xd0d5da
#define HOVER 0x4a5a6a
#define HOVER_CLOSE 0xc42b1c

#define FONT_SIZE 13.0 /* lengths at scale 1 */
#define TEXT_LEFT 10.0
#define FADE 24.0 /* a title that is too long fades out over so much */
#define GLYPH 10.0 /* the side of what is drawn in a button */

static double scaled(const struct frame_picture *picture, double length)
{
	return length * picture->window.scale / LAYOUT_SCALE_ONE;
}

static double channel(uint32_t colour, int shift)
{
	return (colour >> shift & 0xff) / 255.0;
}

static void set_colour(cairo_t *cr, uint32_t colour)
{
	cairo_set_source_rgb(cr, channel(colour, 16), channel(colour, 8), channel(colour, 0));
}

static uint32_t text_colour(const struct frame_picture *picture)
{
	return picture->is_active ? ACTIVE_TEXT : INACTIVE_TEXT;
}

uint32_t frame_picture_border(bool is_active)
{
	return UINT32_C(0xff000000) | (is_active ? ACTIVE : INACTIVE);
}

static void set_fading(cairo_t *cr, uint32_t colour, double end, double fade)
{
	double r = channel(colour, 16), g = channel(colour, 8), b = channel(colour, 0);
	cairo_pattern_t *pattern = cairo_pattern_create_linear(end - fade, 0, end, 0);
	cairo_pattern_add_color_stop_rgba(pattern, 0, r, g, b, 1);
	cairo_pattern_add_color_stop_rgba(pattern, 1, r, g, b, 0);
	cairo_set_source(cr, pattern);
	cairo_pattern_destroy(pattern);
}

static void draw_title(const struct frame_picture *picture, cairo_t *cr)
{
	struct box box = layout_title(&picture->window, picture->width);
	cairo_font_extents_t font;
	cairo_save(cr);
	cairo_rectangle(cr, box.x, box.y, box.width, box.height);
	cairo_clip(cr);
	cairo_select_font_face(cr, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
	cairo_set_font_size(cr, scaled(picture, FONT_SIZE));
	cairo_font_extents(cr, &font);
	set_fading(cr, text_colour(picture), box.x + box.width, scaled(picture, FADE));
	cairo_move_to(cr, box.x + scaled(picture, TEXT_LEFT),
		(box.height + font.ascent - font.descent) / 2);
	cairo_show_text(cr, picture->title);
	cairo_restore(cr);
}

static void trace_glyph(
	cairo_t *cr, enum layout_part button, bool is_maximized, double x, double y, double side)
{
	double step = is_maximized ? side / 4 : 0;
	switch (button) {
	case LAYOUT_MINIMIZE:
		cairo_move_to(cr, x, y + side / 2);
		cairo_line_to(cr, x + side, y + side / 2);
		break;
	case LAYOUT_MAXIMIZE:
		cairo_rectangle(cr, x, y + step, side - step, side - step);
		if (is_maximized) {
			cairo_move_to(cr, x + step, y + step);
			cairo_line_to(cr, x + step, y);
			cairo_line_to(cr, x + side, y);
			cairo_line_to(cr, x + side, y + side - step);
			cairo_line_to(cr, x + side - step, y + side - step);
		}
		break;
	default:
		cairo_move_to(cr, x, y);
		cairo_line_to(cr, x + side, y + side);
		cairo_move_to(cr, x + side, y);
		cairo_line_to(cr, x, y + side);
	}
}

static void draw_button(const struct frame_picture *picture, cairo_t *cr, enum layout_part button)
{
	struct box box = layout_button(&picture->window, picture->width, button);
	double side = scaled(picture, GLYPH), line = scaled(picture, 1);
	if (box.width == 0) {
		return;
	}
	if (picture->hovered == button) {
		set_colour(cr, button == LAYOUT_CLOSE ? HOVER_CLOSE : HOVER);
		cairo_rectangle(cr, box.x, box.y, box.width, box.height);
		cairo_fill(cr);
	}
	set_colour(cr, text_colour(picture));
	cairo_set_line_width(cr, line < 1 ? 1 : line);
	// In the middle of pixels, so that thin lines are sharp
	double x = (int)(box.x + (box.width - side) / 2) + 0.5;
	double y = (int)(box.y + (box.height - side) / 2) + 0.5;
	trace_glyph(cr, button, picture->window.is_maximized, x, y, (int)side);
	cairo_stroke(cr);
}

static void draw(const struct frame_picture *picture, cairo_t *cr)
{
	set_colour(cr, picture->is_active ? ACTIVE : INACTIVE);
	cairo_paint(cr);
	draw_title(picture, cr);
	for (enum layout_part i = LAYOUT_MINIMIZE; i <= LAYOUT_CLOSE; i++) {
		draw_button(picture, cr, i);
	}
}

void frame_picture_put(const struct frame_picture *picture, xcb_connection_t *x11,
	xcb_window_t frame, xcb_gcontext_t gc, uint8_t depth)
{
	int32_t height = layout_margins(&picture->window).top;
	cairo_surface_t *surface =
		cairo_image_surface_create(CAIRO_FORMAT_RGB24, picture->width, height);
	cairo_t *cr = cairo_create(surface);
	draw(picture, cr);
	cairo_surface_flush(surface);
	if (cairo_status(cr) == CAIRO_STATUS_SUCCESS) {
		uint32_t *pixels = (uint32_t *)(void *)cairo_image_surface_get_data(surface);
		size_t count = (size_t)cairo_image_surface_get_stride(surface) / 4 * (size_t)height;
		for (size_t i = 0; i < count; i++) {
			pixels[i] |= UINT32_C(0xff000000); // no window shows through a frame
		}
		xcb_put_image(x11, XCB_IMAGE_FORMAT_Z_PIXMAP, frame, gc, (uint16_t)picture->width,
			(uint16_t)height, 0, 0, 0, depth, (uint32_t)(count * 4),
			(const uint8_t *)pixels);
	}
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
}
