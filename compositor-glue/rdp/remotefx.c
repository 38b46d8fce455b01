// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/remotefx.h"

#include <string.h>

#include "compositor-glue/rdp/rlgr.h"
#include "compositor-glue/rdp/wavelet.h"

/* Values have so many bits after the point until they are rounded. */
#define POINT 3
#define LEVELS 3
#define HALF_COUNT (WAVELET_COUNT / 4)
#define FINEST_COUNT (WAVELET_COUNT - HALF_COUNT)
#define COARSEST_COUNT (WAVELET_COUNT >> 2 * LEVELS)

const uint8_t remotefx_quant[REMOTEFX_BANDS] = {6, 6, 6, 6, 7, 7, 8, 8, 8, 9};

typedef uint32_t pixels8 __attribute__((vector_size(32), aligned(4), may_alias));
typedef uint16_t colours8 __attribute__((vector_size(16), aligned(2), may_alias));
typedef int16_t values8 __attribute__((vector_size(16), aligned(2), may_alias));

struct planes {
	int16_t y[WAVELET_COUNT], cb[WAVELET_COUNT], cr[WAVELET_COUNT];
};

/* The full range of BT.601, in 256ths, which 16 bits just hold. */
static void convert(const uint32_t *from, struct planes *planes, size_t at)
{
	pixels8 pixels = *(const pixels8 *)from;
	colours8 b = __builtin_convertvector(pixels & 0xff, colours8);
	colours8 g = __builtin_convertvector(pixels >> 8 & 0xff, colours8);
	colours8 r = __builtin_convertvector(pixels >> 16 & 0xff, colours8);
	colours8 y = r * 77 + g * 150 + b * 29;
	values8 cb = (values8)(b * 128 - r * 43 - g * 85);
	values8 cr = (values8)(r * 128 - g * 107 - b * 21);
	*(values8 *)(planes->y + at) = (values8)(y >> (8 - POINT)) - (128 << POINT);
	*(values8 *)(planes->cb + at) = cb >> (8 - POINT);
	*(values8 *)(planes->cr + at) = cr >> (8 - POINT);
}

/* What is beyond the image is as its edge. */
static void take_row(const struct image *image, int32_t left, int32_t y, uint32_t *row)
{
	int32_t last = image->height - 1, there = image->width - left;
	there = there < REMOTEFX_TILE ? there : REMOTEFX_TILE;
	memcpy(row, image_row(image, left, y < last ? y : last), (size_t)there * sizeof(*row));
	for (int32_t x = there; x < REMOTEFX_TILE; x++) {
		row[x] = row[there - 1];
	}
}

static void take_planes(const struct image *image, int32_t left, int32_t top, struct planes *planes)
{
	uint32_t row[REMOTEFX_TILE];
	for (int32_t y = 0; y < REMOTEFX_TILE; y++) {
		take_row(image, left, top + y, row);
		for (int32_t x = 0; x < REMOTEFX_TILE; x += 8) {
			convert(row + x, planes, (size_t)(y * REMOTEFX_TILE + x));
		}
	}
}

/* Towards zero where it is not clear: zeros take the least room, and time. */
static void round_band(int16_t *values, size_t count, unsigned quant)
{
	int shift = (int)quant - 6 + POINT;
	int16_t up = (int16_t)(3 << shift >> 3);
	for (size_t i = 0; i < count; i += 8) {
		values8 *eight = (values8 *)(values + i);
		values8 sign = *eight >> 15;
		values8 magnitude = ((*eight ^ sign) - sign + up) >> shift;
		*eight = (magnitude ^ sign) - sign;
	}
}

/* From level to level, which begins with its HL, in the order of remotefx_quant from its end. */
static void round_values(int16_t *values, int level)
{
	for (; level <= LEVELS; level++) {
		size_t count = (size_t)WAVELET_COUNT >> 2 * level;
		const uint8_t *quant = remotefx_quant + 1 + (LEVELS - level) * 3;
		for (int band = 0; band < 3; band++, values += count) {
			round_band(values, count, quant[band]);
		}
	}
	round_band(values, COARSEST_COUNT, remotefx_quant[0]);
	for (size_t i = COARSEST_COUNT - 1; i > 0; i--) {
		values[i] = (int16_t)(values[i] - values[i - 1]);
	}
}

static bool put_component(
	struct remotefx_tile *tile, enum remotefx_component component, const int16_t *values)
{
	tile->sizes[component] =
		rlgr_encode(values, WAVELET_COUNT, tile->data[component], REMOTEFX_COMPONENT_SIZE);
	return tile->sizes[component] > 0;
}

static bool put_brightness(struct remotefx_tile *tile, int16_t *values)
{
	wavelet_level(values, WAVELET_SIDE);
	wavelet_level(values + FINEST_COUNT, WAVELET_SIDE / 2);
	wavelet_level(values + FINEST_COUNT + HALF_COUNT * 3 / 4, WAVELET_SIDE / 4);
	round_values(values, 1);
	return put_component(tile, REMOTEFX_Y, values);
}

static bool put_colour(
	struct remotefx_tile *tile, enum remotefx_component component, const int16_t *from)
{
	int16_t values[WAVELET_COUNT], *half = values + FINEST_COUNT;
	memset(values, 0, FINEST_COUNT * sizeof(values[0]));
	wavelet_halve(from, half);
	wavelet_level(half, WAVELET_SIDE / 2);
	wavelet_level(half + HALF_COUNT * 3 / 4, WAVELET_SIDE / 4);
	round_values(half, 2);
	return put_component(tile, component, values);
}

bool remotefx_encode(
	struct remotefx_tile *tile, const struct image *image, int32_t left, int32_t top)
{
	struct planes planes;
	take_planes(image, left, top, &planes);
	return put_brightness(tile, planes.y) && put_colour(tile, REMOTEFX_CB, planes.cb) &&
	       put_colour(tile, REMOTEFX_CR, planes.cr);
}
