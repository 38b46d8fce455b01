// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_RECT_H
#define COMPOSITOR_GLUE_RDP_RECT_H

#include <stdbool.h>
#include <stdint.h>

struct rect {
	int32_t x, y, width, height;
};

static inline bool rect_equal(const struct rect *a, const struct rect *b)
{
	return a->x == b->x && a->y == b->y && a->width == b->width && a->height == b->height;
}

#endif
