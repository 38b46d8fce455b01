// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/rlex.h"

#include <string.h>

#include "compositor-glue/rdp/bytes.h"

#define TABLE_SIZE 512 /* places for colours; a power of two, far more than colours */
#define RGB UINT32_C(0xffffff)
#define SEGMENT_MAX 8 /* bytes */

struct palette {
	uint32_t colours[RLEX_COLOURS];
	uint32_t keys[TABLE_SIZE];
	uint8_t values[TABLE_SIZE]; // index + 1; 0 when the place is free
	size_t count;
};

/* -1 when there is no place for one more. */
static int palette_index(struct palette *palette, uint32_t colour)
{
	size_t i = colour * UINT32_C(0x9e3779b1) >> 23;
	while (palette->values[i] != 0) {
		if (palette->keys[i] == colour) {
			return palette->values[i] - 1;
		}
		i = (i + 1) & (TABLE_SIZE - 1);
	}
	if (palette->count == RLEX_COLOURS) {
		return -1;
	}
	palette->keys[i] = colour;
	palette->colours[palette->count] = colour;
	palette->values[i] = (uint8_t)++palette->count;
	return palette->values[i] - 1;
}

static bool collect_palette(
	struct palette *palette, const struct image *image, const struct rect *rect)
{
	uint32_t last = RGB + 1;
	for (int32_t y = 0; y < rect->height; y++) {
		const uint32_t *row = image_row(image, rect->x, rect->y + y);
		for (int32_t x = 0; x < rect->width; x++) {
			uint32_t colour = row[x] & RGB;
			if (colour != last && palette_index(palette, colour) < 0) {
				return false;
			}
			last = colour;
		}
	}
	return true;
}

struct encoding {
	struct bytes *out;
	unsigned bits; // of an index
	unsigned depth_max;
	/* the segment that is not written yet */
	unsigned start, stop;
	uint32_t run; // pixels of `start` before the suite
};

static void put_run(struct bytes *out, uint32_t run)
{
	if (run < 0xff) {
		bytes_u8(out, run);
		return;
	}
	bytes_u8(out, 0xff);
	if (run < 0xffff) {
		bytes_u16(out, run);
	} else {
		bytes_u16(out, 0xffff);
		bytes_u32(out, run);
	}
}

static void put_segment(struct encoding *encoding)
{
	bytes_u8(encoding->out,
		(encoding->stop - encoding->start) << encoding->bits | encoding->stop);
	put_run(encoding->out, encoding->run);
}

/* One more pixel: longer makes the run, or the suite, or it begins a segment. */
static void put_pixels(struct encoding *encoding, unsigned index, uint32_t count)
{
	if (index == encoding->stop + 1 && encoding->stop - encoding->start < encoding->depth_max) {
		encoding->stop = index;
		count--;
	}
	if (count == 0) {
		return;
	}
	put_segment(encoding);
	encoding->start = index;
	encoding->stop = index;
	encoding->run = count - 1;
}

static unsigned bits_for(size_t colours)
{
	unsigned bits = 1;
	while ((size_t)1 << bits < colours) {
		bits++;
	}
	return bits;
}

/* Goes through the pixels as one row: runs go on from one to the next. */
struct reader {
	const struct image *image;
	const struct rect *rect;
	int32_t x, y;
};

static bool next_run(struct reader *reader, uint32_t *colour, uint32_t *count)
{
	*count = 0;
	while (reader->y < reader->rect->height) {
		const uint32_t *row =
			image_row(reader->image, reader->rect->x, reader->rect->y + reader->y);
		if (*count == 0) {
			*colour = row[reader->x] & RGB;
		}
		int32_t x = reader->x;
		while (x < reader->rect->width && (row[x] & RGB) == *colour) {
			x++;
		}
		*count += (uint32_t)(x - reader->x);
		reader->x = x;
		if (x < reader->rect->width) {
			return true;
		}
		reader->x = 0;
		reader->y++;
	}
	return *count > 0;
}

bool rlex_encode(
	struct bytes *out, const struct image *image, const struct rect *rect, size_t limit)
{
	struct palette palette;
	size_t begun = out->length;
	palette.count = 0;
	memset(palette.values, 0, sizeof(palette.values));
	if (!collect_palette(&palette, image, rect)) {
		return false;
	}
	bytes_u8(out, (unsigned)palette.count);
	for (size_t i = 0; i < palette.count; i++) {
		bytes_u24(out, palette.colours[i]);
	}
	struct encoding encoding = {.out = out, .bits = bits_for(palette.count)};
	encoding.depth_max = (1U << (8 - encoding.bits)) - 1;
	struct reader reader = {image, rect, 0, 0};
	uint32_t colour, count;
	next_run(&reader, &colour, &count);
	encoding.run = count - 1;
	while (next_run(&reader, &colour, &count)) {
		put_pixels(&encoding, (unsigned)palette_index(&palette, colour), count);
		if (out->length - begun + SEGMENT_MAX > limit) {
			out->length = begun;
			return false;
		}
	}
	put_segment(&encoding);
	return true;
}
