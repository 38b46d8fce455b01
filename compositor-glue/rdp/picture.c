// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/picture.h"

#include <stdlib.h>

/* Colours that were seen, by a part of their hash. */
#define PLACES ((size_t)4 * PICTURE_SAMPLES)

struct seen {
	int64_t pixels, same, alike, colours;
	uint8_t places[PLACES / 8];
};

static void see_colour(struct seen *seen, uint32_t colour)
{
	size_t place = ((colour & 0xffffff) * UINT32_C(0x9e3779b1) >> 16) % PLACES;
	uint8_t bit = (uint8_t)(1U << place % 8);
	seen->colours += (seen->places[place / 8] & bit) == 0;
	seen->places[place / 8] |= bit;
}

/* A pixel and its neighbour to the right. */
static void see(struct seen *seen, const uint32_t *pixel)
{
	int most = 0;
	for (int shift = 0; shift < 24; shift += 8) {
		int difference =
			abs((int)(pixel[0] >> shift & 255) - (int)(pixel[1] >> shift & 255));
		most = difference > most ? difference : most;
	}
	seen->pixels++;
	seen->same += most == 0;
	seen->alike += most > 0 && most <= PICTURE_ALIKE;
	see_colour(seen, pixel[0]);
}

enum picture picture_look(const struct image *image, const struct rect *rect)
{
	struct seen seen = {0};
	int32_t width = rect->width - 1;
	int64_t pairs = (int64_t)width * rect->height, step = pairs / PICTURE_SAMPLES | 1;
	for (int64_t i = 0; i < pairs; i += step) {
		see(&seen, image_row(image, rect->x + (int32_t)(i % width),
				   rect->y + (int32_t)(i / width)));
	}
	if (seen.alike * 2 > seen.pixels) {
		return PICTURE_PHOTOGRAPH;
	}
	bool noise = seen.same * PICTURE_NOISE_SAME < seen.pixels &&
		     seen.colours * PICTURE_NOISE_COLOURS >= seen.pixels;
	return noise ? PICTURE_NOISE : PICTURE_DRAWN;
}
