// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/icon.h"

#include <string.h>

#include "compositor-glue/rdp/window.h"

#define CACHE_ID_NONE 0xff
#define CACHE_ENTRY_NONE 0xffff
#define HALF_OPAQUE 0x80

/* The mean of step by step pixels, channel by channel. */
static void mean_pixel(
	uint8_t mean[4], const struct buffer *picture, int32_t x, int32_t y, int32_t step)
{
	uint32_t sum[4] = {0};
	for (int32_t i = 0; i < step * step; i++) {
		const uint8_t *pixel = picture->pixels +
				       (size_t)(y * step + i / step) * (size_t)picture->stride +
				       (size_t)(x * step + i % step) * 4;
		for (int channel = 0; channel < 4; channel++) {
			sum[channel] += pixel[channel];
		}
	}
	for (int channel = 0; channel < 4; channel++) {
		mean[channel] = (uint8_t)(sum[channel] / (uint32_t)(step * step));
	}
}

static void divide_by_alpha(uint8_t pixel[4])
{
	for (int channel = 0; channel < 3; channel++) {
		uint32_t colour = pixel[3] > 0 ? pixel[channel] * 255u / pixel[3] : 0;
		pixel[channel] = (uint8_t)(colour < 255 ? colour : 255);
	}
}

bool icon_order_fill(struct icon_order *order, const struct buffer *picture, bool small)
{
	int32_t size = small ? ICON_SIZE_SMALL : ICON_SIZE;
	/* Rows of a mask are padded to 32 bits, which both sizes fill. */
	int32_t mask_stride = size / 8;
	if (picture->width != ICON_SIZE || picture->height != ICON_SIZE) {
		return false;
	}
	memset(order, 0, sizeof(*order));
	for (int32_t y = 0; y < size; y++) {
		int32_t row = size - 1 - y;
		for (int32_t x = 0; x < size; x++) {
			uint8_t *pixel = order->colours + (row * size + x) * 4;
			mean_pixel(pixel, picture, x, y, ICON_SIZE / size);
			divide_by_alpha(pixel);
			if (pixel[3] < HALF_OPAQUE) {
				order->mask[row * mask_stride + x / 8] |= (uint8_t)(0x80 >> x % 8);
			}
		}
	}
	order->info = (ICON_INFO){
		.cacheEntry = CACHE_ENTRY_NONE,
		.cacheId = CACHE_ID_NONE,
		.bpp = 32,
		.width = (UINT32)size,
		.height = (UINT32)size,
		.cbBitsMask = (UINT32)(mask_stride * size),
		.cbBitsColor = (UINT32)(size * size * 4),
		.bitsMask = order->mask,
		.bitsColor = order->colours,
	};
	return true;
}
