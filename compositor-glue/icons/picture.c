// SPDX-License-Identifier: MIT
#include "compositor-glue/icons/picture.h"

#include <cairo.h>
#include <librsvg/rsvg.h>
#include <string.h>

#define SIDE SILL_ICONS_SIDE

/* A PNG's signature, then the length and the name of its first chunk, then width and height. */
enum {
	PNG_WIDTH = 16,
	PNG_HEIGHT = 20,
	PNG_HEAD = 24,
};

/* What Cairo has libpng read. */
struct reader {
	const struct file *file;
	size_t at;
};

static cairo_status_t read_png(void *data, unsigned char *bytes, unsigned int length)
{
	struct reader *reader = data;
	if (length > reader->file->size - reader->at) {
		return CAIRO_STATUS_READ_ERROR;
	}
	memcpy(bytes, reader->file->data + reader->at, length);
	reader->at += length;
	return CAIRO_STATUS_SUCCESS;
}

static uint32_t big_endian(const char *data)
{
	const unsigned char *bytes = (const unsigned char *)data;
	return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 |
	       bytes[3];
}

/* Before anything is allocated for it. */
static bool has_good_size(const struct file *file)
{
	if (file->size < PNG_HEAD) {
		return false;
	}
	uint32_t width = big_endian(file->data + PNG_WIDTH);
	uint32_t height = big_endian(file->data + PNG_HEIGHT);
	return width > 0 && width <= PICTURE_SIDE_MAX && height > 0 && height <= PICTURE_SIDE_MAX;
}

static void paint(cairo_t *cairo, cairo_surface_t *image)
{
	double width = cairo_image_surface_get_width(image);
	double height = cairo_image_surface_get_height(image);
	double scale = SIDE / (width > height ? width : height);
	cairo_translate(cairo, (SIDE - width * scale) / 2, (SIDE - height * scale) / 2);
	cairo_scale(cairo, scale, scale);
	cairo_set_source_surface(cairo, image, 0, 0);
	cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_GOOD);
	cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD);
	cairo_rectangle(cairo, 0, 0, width, height);
	cairo_fill(cairo);
}

static bool draw_png(cairo_t *cairo, const struct file *file)
{
	struct reader reader = {.file = file};
	if (!has_good_size(file)) {
		return false;
	}
	cairo_surface_t *image = cairo_image_surface_create_from_png_stream(read_png, &reader);
	bool is_read = cairo_surface_status(image) == CAIRO_STATUS_SUCCESS;
	if (is_read) {
		paint(cairo, image);
	}
	cairo_surface_destroy(image);
	return is_read;
}

/* Without a base URL it names no other files. */
static bool draw_svg(cairo_t *cairo, const struct file *file)
{
	const RsvgRectangle whole = {0, 0, SIDE, SIDE};
	RsvgHandle *handle =
		rsvg_handle_new_from_data((const guint8 *)file->data, file->size, NULL);
	if (handle == NULL) {
		return false;
	}
	bool is_drawn = rsvg_handle_render_document(handle, cairo, &whole, NULL);
	g_object_unref(handle);
	return is_drawn;
}

bool picture_draw(const struct file *file, enum picture_format format,
	uint32_t pixels[SILL_ICONS_SIDE * SILL_ICONS_SIDE])
{
	memset(pixels, 0, SIDE * SIDE * sizeof(pixels[0]));
	cairo_surface_t *surface = cairo_image_surface_create_for_data(
		(unsigned char *)pixels, CAIRO_FORMAT_ARGB32, SIDE, SIDE, SIDE * 4);
	cairo_t *cairo = cairo_create(surface);
	bool is_drawn = format == PICTURE_PNG ? draw_png(cairo, file) : draw_svg(cairo, file);
	is_drawn = is_drawn && cairo_status(cairo) == CAIRO_STATUS_SUCCESS;
	cairo_destroy(cairo);
	cairo_surface_flush(surface);
	cairo_surface_destroy(surface);
	return is_drawn;
}
