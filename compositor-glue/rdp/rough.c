// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/rough.h"

#include <stdlib.h>

bool rough_init(struct rough *rough, int32_t height)
{
	int32_t count = (height + ROUGH_ROWS - 1) / ROUGH_ROWS;
	*rough = (struct rough){.count = count, .height = height};
	rough->bands = calloc((size_t)count, sizeof(rough->bands[0]));
	return rough->bands != NULL;
}

void rough_finish(struct rough *rough)
{
	free(rough->bands);
	*rough = (struct rough){0};
}

/* The bands that the rectangle, which lies in the surface, has a part of: [first, end). */
static int32_t first_band(const struct rect *rect)
{
	return rect->y / ROUGH_ROWS;
}

static int32_t end_band(const struct rect *rect)
{
	return (rect->y + rect->height + ROUGH_ROWS - 1) / ROUGH_ROWS;
}

void rough_touch(struct rough *rough, const struct rect *rect, int64_t now)
{
	for (int32_t i = first_band(rect); i < end_band(rect); i++) {
		struct rough_band *band = &rough->bands[i];
		if (now - band->changed > ROUGH_QUICK_MS) {
			band->heat = 0;
		} else if (now > band->changed && band->heat < ROUGH_HOT) {
			band->heat++;
		}
		band->changed = now;
	}
}

bool rough_is_hot(const struct rough *rough, const struct rect *rect)
{
	int32_t hot = 0, all = end_band(rect) - first_band(rect);
	for (int32_t i = first_band(rect); i < end_band(rect); i++) {
		hot += rough->bands[i].heat >= ROUGH_HOT;
	}
	return hot * 2 > all;
}

void rough_mark(struct rough *rough, const struct rect *rect)
{
	int32_t right = rect->x + rect->width;
	for (int32_t i = first_band(rect); i < end_band(rect); i++) {
		struct rough_band *band = &rough->bands[i];
		if (band->left == band->right) {
			rough->marked++;
			band->left = rect->x;
			band->right = right;
		}
		band->left = rect->x < band->left ? rect->x : band->left;
		band->right = right > band->right ? right : band->right;
	}
}

bool rough_overlaps(const struct rough *rough, const struct rect *rect)
{
	for (int32_t i = first_band(rect); rough->marked > 0 && i < end_band(rect); i++) {
		if (rough->bands[i].left < rough->bands[i].right) {
			return true;
		}
	}
	return false;
}

int64_t rough_due(const struct rough *rough)
{
	int64_t due = ROUGH_NEVER;
	for (int32_t i = 0; rough->marked > 0 && i < rough->count; i++) {
		const struct rough_band *band = &rough->bands[i];
		if (band->left < band->right && band->changed + ROUGH_STILL_MS < due) {
			due = band->changed + ROUGH_STILL_MS;
		}
	}
	return due;
}

bool rough_take(struct rough *rough, int64_t now, int64_t pixels, struct rect *rect)
{
	int64_t most = pixels / ROUGH_ROWS > ROUGH_COLUMNS ? pixels / ROUGH_ROWS : ROUGH_COLUMNS;
	for (int32_t i = 0; rough->marked > 0 && i < rough->count; i++) {
		struct rough_band *band = &rough->bands[i];
		if (band->left < band->right && now >= band->changed + ROUGH_STILL_MS) {
			int32_t top = i * ROUGH_ROWS, left = rough->height - top;
			int32_t width = band->right - band->left;
			width = width < most ? width : (int32_t)most;
			*rect = (struct rect){
				band->left, top, width, left < ROUGH_ROWS ? left : ROUGH_ROWS};
			band->left += width;
			rough->marked -= band->left == band->right;
			return true;
		}
	}
	return false;
}
