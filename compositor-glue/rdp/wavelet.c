// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/wavelet.h"

/* Eight values at once, wherever they are. */
typedef int16_t lanes __attribute__((vector_size(16), aligned(2), may_alias));

#define LANES 8

static lanes load(const int16_t *from)
{
	return *(const lanes *)from;
}

static void store(int16_t *to, lanes values)
{
	*(lanes *)to = values;
}

/* A row's values at even and at odd places. */
static void split(const int16_t *row, int32_t half, int16_t *even, int16_t *odd)
{
	for (int32_t i = 0; i < half; i += LANES) {
		lanes low = load(row + 2 * i), high = load(row + 2 * i + LANES);
		store(even + i, __builtin_shufflevector(low, high, 0, 2, 4, 6, 8, 10, 12, 14));
		store(odd + i, __builtin_shufflevector(low, high, 1, 3, 5, 7, 9, 11, 13, 15));
	}
}

/* Rows from top to bottom: those of the lower half, and below them those of the higher. */
static void lift_columns(const int16_t *values, int32_t side, int16_t *out)
{
	int32_t half = side / 2;
	for (int32_t x = 0; x < side; x += LANES) {
		lanes before = {0};
		for (int32_t n = 0; n < half; n++) {
			const int16_t *row = values + 2 * n * side + x;
			lanes even = load(row), odd = load(row + side);
			lanes next = n < half - 1 ? load(row + 2 * side) : even;
			lanes high = (odd - ((even + next) >> 1)) >> 1;
			before = n == 0 ? high : before;
			store(out + n * side + x, even + ((before + high) >> 1));
			store(out + (half + n) * side + x, high);
			before = high;
		}
	}
}

static void lift_row(const int16_t *row, int32_t half, int16_t *low, int16_t *high)
{
	int16_t even[WAVELET_SIDE / 2 + 1], odd[WAVELET_SIDE / 2];
	int16_t difference[WAVELET_SIDE / 2 + 1];
	split(row, half, even, odd);
	even[half] = even[half - 1];
	for (int32_t i = 0; i < half; i += LANES) {
		lanes mean = (load(even + i) + load(even + i + 1)) >> 1;
		store(difference + 1 + i, (load(odd + i) - mean) >> 1);
	}
	difference[0] = difference[1];
	for (int32_t i = 0; i < half; i += LANES) {
		lanes now = load(difference + 1 + i);
		store(low + i, load(even + i) + ((load(difference + i) + now) >> 1));
		store(high + i, now);
	}
}

void wavelet_level(int16_t *values, int32_t side)
{
	int16_t rows[WAVELET_COUNT];
	int32_t half = side / 2, band = half * half;
	lift_columns(values, side, rows);
	for (int32_t y = 0; y < half; y++) {
		int16_t *to = values + y * half;
		lift_row(rows + y * side, half, to + 3 * band, to);
		lift_row(rows + (half + y) * side, half, to + band, to + 2 * band);
	}
}

void wavelet_halve(const int16_t *values, int16_t *half)
{
	enum {
		SIDE = WAVELET_SIDE,
		HALF = SIDE / 2
	};
	int16_t row[SIDE], even[HALF], odd[HALF + 1];
	for (int32_t y = 0; y < HALF; y++) {
		const int16_t *now = values + 2 * y * SIDE, *above = y > 0 ? now - SIDE : now;
		for (int32_t x = 0; x < SIDE; x += LANES) {
			lanes around = load(above + x) + load(now + SIDE + x);
			store(row + x, (around + 2 * load(now + x) + 2) >> 2);
		}
		split(row, HALF, even, odd + 1);
		odd[0] = even[0];
		for (int32_t x = 0; x < HALF; x += LANES) {
			lanes around = load(odd + x) + load(odd + x + 1);
			store(half + y * HALF + x, (around + 2 * load(even + x) + 2) >> 2);
		}
	}
}
