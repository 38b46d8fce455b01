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

/* Estimates are in fractions of a bit. */
#define BIT 16

const uint8_t remotefx_quants[REMOTEFX_GRADES][REMOTEFX_BANDS] = {
	{6, 6, 6, 6, 7, 7, 8, 8, 8, 9},
	{6, 6, 6, 7, 8, 8, 9, 9, 9, 10},
	{6, 7, 7, 8, 9, 9, 10, 10, 10, 11},
	{6, 8, 8, 9, 10, 10, 11, 11, 11, 12},
	{7, 9, 9, 10, 11, 11, 12, 13, 13, 14},
	{8, 10, 10, 11, 13, 13, 14, 15, 15, 15},
};

typedef uint32_t pixels8 __attribute__((vector_size(32), aligned(4), may_alias));
typedef uint16_t colours8 __attribute__((vector_size(16), aligned(2), may_alias));
typedef int16_t values8 __attribute__((vector_size(16), aligned(2), may_alias));
typedef int32_t sums8 __attribute__((vector_size(32)));

struct planes {
	int16_t y[WAVELET_COUNT], cb[WAVELET_COUNT], cr[WAVELET_COUNT];
};

/* How far from zero a band's values are on average, in 64ths once rounded by POINT. */
struct loudness {
	uint32_t bands[REMOTEFX_COMPONENTS][REMOTEFX_BANDS];
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

/* Of a component's values, which begin with that level's HL, the band after the one before. */
static size_t band_count(int level)
{
	return (size_t)WAVELET_COUNT >> 2 * level;
}

/* From level to level, in the order of remotefx_quants from its end. */
static void round_values(int16_t *values, int level, const uint8_t *quants)
{
	for (; level <= LEVELS; level++) {
		const uint8_t *quant = quants + 1 + (LEVELS - level) * 3;
		for (int band = 0; band < 3; band++, values += band_count(level)) {
			round_band(values, band_count(level), quant[band]);
		}
	}
	round_band(values, COARSEST_COUNT, quants[0]);
	for (size_t i = COARSEST_COUNT - 1; i > 0; i--) {
		values[i] = (int16_t)(values[i] - values[i - 1]);
	}
}

static uint32_t mean_of_band(const int16_t *values, size_t count)
{
	sums8 sums = {0};
	int64_t sum = 0;
	for (size_t i = 0; i < count; i += 8) {
		values8 eight = *(const values8 *)(values + i), sign = eight >> 15;
		sums += __builtin_convertvector((eight ^ sign) - sign, sums8);
	}
	for (int i = 0; i < 8; i++) {
		sum += sums[i];
	}
	return (uint32_t)((sum << (6 - POINT)) / (int64_t)count);
}

/* LL is not looked at: it takes about the same in any grade. */
static void listen(const int16_t *values, int level, uint32_t *means)
{
	for (; level <= LEVELS; level++) {
		uint32_t *mean = means + 1 + (LEVELS - level) * 3;
		for (int band = 0; band < 3; band++, values += band_count(level)) {
			mean[band] = mean_of_band(values, band_count(level));
		}
	}
}

/*
 * What a value of a band takes that are so far from zero on average, in 64ths, in fractions of a
 * bit: next to nothing while most are rounded to zero, then a bit more each time that doubles.
 */
static uint32_t value_cost(uint32_t mean)
{
	if (mean < 16) {
		return mean * mean / 32;
	}
	unsigned power = 31 - (unsigned)__builtin_clz(mean);
	return 8 + BIT * (power - 4) + (BIT * (mean - (UINT32_C(1) << power)) >> power);
}

static size_t tile_cost(const struct loudness *loudness, const uint8_t *quants)
{
	size_t cost = 0;
	for (int component = 0; component < REMOTEFX_COMPONENTS; component++) {
		for (int level = component == REMOTEFX_Y ? 1 : 2; level <= LEVELS; level++) {
			int first = 1 + (LEVELS - level) * 3;
			for (int band = first; band < first + 3; band++) {
				uint32_t mean =
					loudness->bands[component][band] >> (quants[band] - 6);
				cost += value_cost(mean) * band_count(level);
			}
		}
	}
	return cost / (8 * BIT);
}

static unsigned choose_grade(const struct loudness *loudness, size_t bytes)
{
	unsigned grade = 0;
	while (grade < REMOTEFX_GRADES - 1 && tile_cost(loudness, remotefx_quants[grade]) > bytes) {
		grade++;
	}
	return grade;
}

static void split_brightness(int16_t *values)
{
	wavelet_level(values, WAVELET_SIDE);
	wavelet_level(values + FINEST_COUNT, WAVELET_SIDE / 2);
	wavelet_level(values + FINEST_COUNT + HALF_COUNT * 3 / 4, WAVELET_SIDE / 4);
}

static void split_colour(int16_t *values)
{
	int16_t half[HALF_COUNT];
	wavelet_halve(values, half);
	wavelet_level(half, WAVELET_SIDE / 2);
	wavelet_level(half + HALF_COUNT * 3 / 4, WAVELET_SIDE / 4);
	memset(values, 0, FINEST_COUNT * sizeof(values[0]));
	memcpy(values + FINEST_COUNT, half, sizeof(half));
}

static bool put_component(
	struct remotefx_tile *tile, enum remotefx_component component, int16_t *values, int level)
{
	size_t finer = level == 1 ? 0 : FINEST_COUNT;
	round_values(values + finer, level, remotefx_quants[tile->grade]);
	tile->sizes[component] =
		rlgr_encode(values, WAVELET_COUNT, tile->data[component], REMOTEFX_COMPONENT_SIZE);
	return tile->sizes[component] > 0;
}

bool remotefx_encode(struct remotefx_tile *tile, const struct image *image, int32_t left,
	int32_t top, size_t bytes)
{
	struct planes planes;
	struct loudness loudness;
	take_planes(image, left, top, &planes);
	split_brightness(planes.y);
	split_colour(planes.cb);
	split_colour(planes.cr);
	listen(planes.y, 1, loudness.bands[REMOTEFX_Y]);
	listen(planes.cb + FINEST_COUNT, 2, loudness.bands[REMOTEFX_CB]);
	listen(planes.cr + FINEST_COUNT, 2, loudness.bands[REMOTEFX_CR]);
	tile->grade = choose_grade(&loudness, bytes);
	return put_component(tile, REMOTEFX_Y, planes.y, 1) &&
	       put_component(tile, REMOTEFX_CB, planes.cb, 2) &&
	       put_component(tile, REMOTEFX_CR, planes.cr, 2);
}
