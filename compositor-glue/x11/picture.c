// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/picture.h"

#include <string.h>

uint32_t picture_side(const struct picture *picture)
{
	return picture->width > picture->height ? picture->width : picture->height;
}

static bool is_better(const struct picture *picture, const struct picture *than)
{
	uint32_t side = picture_side(picture), other = picture_side(than);
	if (side == 0 || side > PICTURE_SIDE_MAX) {
		return false;
	}
	return other < PICTURE_SIDE_WANTED ? side > other
					   : side >= PICTURE_SIDE_WANTED && side < other;
}

bool picture_choose(struct picture *picture, const uint32_t *words, size_t count)
{
	*picture = (struct picture){0};
	while (count > 2) {
		struct picture next = {words[0], words[1], words + 2};
		uint64_t size = (uint64_t)next.width * next.height;
		words += 2;
		count -= 2;
		if (size == 0 || size > count) {
			break;
		}
		if (is_better(&next, picture)) {
			*picture = next;
		}
		words += size;
		count -= (size_t)size;
	}
	return picture->pixels != NULL;
}

static uint32_t premultiply(uint32_t pixel)
{
	uint32_t alpha = pixel >> 24, result = alpha << 24;
	for (int shift = 0; shift < 24; shift += 8) {
		uint32_t colour = pixel >> shift & 0xff;
		result |= (colour * alpha + 127) / 255 << shift;
	}
	return result;
}

void picture_square(uint32_t *to, const struct picture *picture)
{
	uint32_t side = picture_side(picture);
	uint32_t left = (side - picture->width) / 2, top = (side - picture->height) / 2;
	memset(to, 0, (size_t)side * side * sizeof(*to));
	for (uint32_t y = 0; y < picture->height; y++) {
		const uint32_t *from = picture->pixels + (size_t)y * picture->width;
		uint32_t *row = to + (size_t)(top + y) * side + left;
		for (uint32_t x = 0; x < picture->width; x++) {
			row[x] = premultiply(from[x]);
		}
	}
}
