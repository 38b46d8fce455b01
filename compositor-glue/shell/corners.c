// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/corners.h"

#define OPAQUE UINT32_C(0xff000000)

static void square_row(uint32_t *row, int32_t width)
{
	for (int32_t x = 0; x < CORNER_SIZE; x++) {
		uint32_t *left = &row[x], *right = &row[width - 1 - x];
		if (*left < OPAQUE) {
			*left = row[CORNER_SIZE] | OPAQUE;
		}
		if (*right < OPAQUE) {
			*right = row[width - 1 - CORNER_SIZE] | OPAQUE;
		}
	}
}

void corners_square(uint32_t *pixels, int32_t width, int32_t height, int32_t stride)
{
	if (width <= 2 * CORNER_SIZE || height <= 2 * CORNER_SIZE) {
		return;
	}
	for (int32_t y = 0; y < CORNER_SIZE; y++) {
		square_row(pixels + y * stride, width);
		square_row(pixels + (height - 1 - y) * stride, width);
	}
}
