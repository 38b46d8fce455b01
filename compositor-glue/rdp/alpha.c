// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/alpha.h"

#include <string.h>

#include "compositor-glue/rdp/buffer.h"
#include "compositor-glue/rdp/refine.h"
#include "compositor-glue/rdp/surface.h"

#define RUN_SIZE_MAX 8
#define SIGNATURE_LOW 'L'
#define SIGNATURE_HIGH 'A'

static const uint8_t *row(const struct buffer *buffer, const struct rect *rect, int32_t y)
{
	/* The fourth byte of a pixel. */
	return buffer->pixels + (size_t)(rect->y + y) * (size_t)buffer->stride +
	       (size_t)rect->x * 4 + 3;
}

static void put_header(uint8_t *to, bool runs)
{
	const uint8_t header[ALPHA_HEADER_SIZE] = {SIGNATURE_LOW, SIGNATURE_HIGH, runs, 0};
	memcpy(to, header, sizeof(header));
}

/* A count that does not fit is announced by all ones, and follows in twice the size. */
static size_t put_run(uint8_t *to, uint8_t alpha, uint32_t count)
{
	size_t size = 0;
	to[size++] = alpha;
	if (count < 0xff) {
		to[size++] = (uint8_t)count;
		return size;
	}
	to[size++] = 0xff;
	if (count < 0xffff) {
		to[size++] = (uint8_t)count;
		to[size++] = (uint8_t)(count >> 8);
		return size;
	}
	to[size++] = 0xff;
	to[size++] = 0xff;
	for (int shift = 0; shift < 32; shift += 8) {
		to[size++] = (uint8_t)(count >> shift);
	}
	return size;
}

/* 0 when the runs take more than the limit. */
static size_t encode_runs(
	uint8_t *to, size_t limit, const struct buffer *buffer, const struct rect *rect)
{
	uint8_t alpha = *row(buffer, rect, 0);
	uint32_t count = 0;
	size_t size = 0;
	for (int32_t y = 0; y < rect->height; y++) {
		const uint8_t *from = row(buffer, rect, y);
		for (int32_t x = 0; x < rect->width; x++, from += 4, count++) {
			if (*from == alpha) {
				continue;
			}
			if (size + 2 * RUN_SIZE_MAX > limit) {
				return 0;
			}
			size += put_run(to + size, alpha, count);
			alpha = *from;
			count = 0;
		}
	}
	return size + put_run(to + size, alpha, count);
}

static size_t encode_plain(uint8_t *to, const struct buffer *buffer, const struct rect *rect)
{
	size_t size = 0;
	for (int32_t y = 0; y < rect->height; y++) {
		const uint8_t *from = row(buffer, rect, y);
		for (int32_t x = 0; x < rect->width; x++, from += 4) {
			to[size++] = *from;
		}
	}
	return size;
}

size_t alpha_encode(uint8_t *to, const struct buffer *buffer, const struct rect *rect)
{
	size_t pixels = (size_t)rect->width * (size_t)rect->height;
	uint8_t *body = to + ALPHA_HEADER_SIZE;
	/* The last run is put without a look at the limit. */
	size_t size = pixels >= RUN_SIZE_MAX ? encode_runs(body, pixels, buffer, rect) : 0;
	put_header(to, size > 0);
	if (size == 0) {
		size = encode_plain(body, buffer, rect);
	}
	return ALPHA_HEADER_SIZE + size;
}

bool alpha_is_opaque(const struct image *image, const struct rect *rect)
{
	for (int32_t y = rect->y; y < rect->y + rect->height; y++) {
		const uint32_t *pixels = image_row(image, rect->x, y);
		uint32_t all = SURFACE_OPAQUE;
		for (int32_t x = 0; x < rect->width; x++) {
			all &= pixels[x];
		}
		if (all != SURFACE_OPAQUE) {
			return false;
		}
	}
	return true;
}
