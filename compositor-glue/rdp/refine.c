// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/refine.h"

#include <string.h>

/* The widest surface there can be, GFX_SIDE_LIMIT, and a cell that begins before the area. */
#define CELLS_ACROSS (32768 / REFINE_CELL + 1)

/* The rows of a band of cells that differ; none when first > last. */
struct rows {
	uint8_t first, last;
};

struct band {
	struct rows cells[CELLS_ACROSS];
	int32_t left, right; // the area's
	int32_t first_cell, last_cell;
	int32_t top;
};

static struct rect hull(const struct rect *a, const struct rect *b)
{
	int32_t left = a->x < b->x ? a->x : b->x;
	int32_t top = a->y < b->y ? a->y : b->y;
	int32_t right = a->x + a->width > b->x + b->width ? a->x + a->width : b->x + b->width;
	int32_t bottom = a->y + a->height > b->y + b->height ? a->y + a->height : b->y + b->height;
	return (struct rect){left, top, right - left, bottom - top};
}

void refined_add(struct refined *refined, const struct rect *rect)
{
	for (size_t i = refined->count; i > 0; i--) {
		struct rect *above = &refined->rects[i - 1];
		if (above->x == rect->x && above->width == rect->width &&
			above->y + above->height == rect->y) {
			above->height += rect->height;
			return;
		}
	}
	if (refined->count < REFINE_RECTS) {
		refined->rects[refined->count++] = *rect;
		return;
	}
	struct rect *last = &refined->rects[REFINE_RECTS - 1];
	*last = hull(last, rect);
}

struct rect refined_hull(const struct refined *refined)
{
	struct rect all = {0};
	for (size_t i = 0; i < refined->count; i++) {
		all = i == 0 ? refined->rects[0] : hull(&all, &refined->rects[i]);
	}
	return all;
}

int64_t refined_pixels(const struct refined *refined)
{
	int64_t pixels = 0;
	for (size_t i = 0; i < refined->count; i++) {
		pixels += (int64_t)refined->rects[i].width * refined->rects[i].height;
	}
	return pixels;
}

static int32_t cell_left(const struct band *band, int32_t cell)
{
	int32_t left = cell * REFINE_CELL;
	return left > band->left ? left : band->left;
}

static int32_t cell_right(const struct band *band, int32_t cell)
{
	int32_t right = (cell + 1) * REFINE_CELL;
	return right < band->right ? right : band->right;
}

static void compare_row(
	struct band *band, const struct image *now, const struct image *before, int32_t y)
{
	size_t span = (size_t)(band->right - band->left) * 4;
	if (memcmp(image_row(now, band->left, y), image_row(before, band->left, y), span) == 0) {
		return;
	}
	uint8_t row = (uint8_t)(y - band->top);
	for (int32_t i = band->first_cell; i <= band->last_cell; i++) {
		int32_t left = cell_left(band, i);
		struct rows *rows = &band->cells[i - band->first_cell];
		if (memcmp(image_row(now, left, y), image_row(before, left, y),
			    (size_t)(cell_right(band, i) - left) * 4) != 0) {
			rows->first = row < rows->first ? row : rows->first;
			rows->last = row;
		}
	}
}

/* The next cell that differs, when it is near; else the cell itself. */
static int32_t next_run(const struct band *band, int32_t cell)
{
	int32_t count = band->last_cell - band->first_cell + 1;
	for (int32_t i = cell + 1; i < count && i <= cell + 1 + REFINE_GAP; i++) {
		if (band->cells[i].first <= band->cells[i].last) {
			return i;
		}
	}
	return cell;
}

static bool column_differs(
	const struct image *now, const struct image *before, const struct rect *rect, int32_t x)
{
	for (int32_t y = rect->y; y < rect->y + rect->height; y++) {
		if (*image_row(now, x, y) != *image_row(before, x, y)) {
			return true;
		}
	}
	return false;
}

/* To the columns that differ: the outermost cells have at least one each. */
static void trim(struct rect *rect, const struct image *now, const struct image *before)
{
	while (!column_differs(now, before, rect, rect->x)) {
		rect->x++;
		rect->width--;
	}
	while (!column_differs(now, before, rect, rect->x + rect->width - 1)) {
		rect->width--;
	}
}

static void collect_band(struct refined *refined, const struct band *band, const struct image *now,
	const struct image *before)
{
	int32_t count = band->last_cell - band->first_cell + 1;
	for (int32_t i = 0; i < count; i++) {
		struct rows rows = band->cells[i];
		int32_t begun = i;
		if (rows.first > rows.last) {
			continue;
		}
		for (int32_t next = next_run(band, i); next > i; next = next_run(band, i)) {
			i = next;
			const struct rows *more = &band->cells[i];
			rows.first = more->first < rows.first ? more->first : rows.first;
			rows.last = more->last > rows.last ? more->last : rows.last;
		}
		int32_t left = cell_left(band, band->first_cell + begun);
		struct rect rect = {left, band->top + rows.first,
			cell_right(band, band->first_cell + i) - left, rows.last - rows.first + 1};
		trim(&rect, now, before);
		refined_add(refined, &rect);
	}
}

void refine(struct refined *refined, const struct image *now, const struct image *before,
	const struct rect *area)
{
	struct band band;
	int32_t bottom = area->y + area->height;
	band.left = area->x;
	band.right = area->x + area->width;
	band.first_cell = band.left / REFINE_CELL;
	band.last_cell = (band.right - 1) / REFINE_CELL;
	for (int32_t y = area->y; y < bottom;) {
		int32_t next = (y / REFINE_CELL + 1) * REFINE_CELL;
		band.top = y;
		for (int32_t i = band.first_cell; i <= band.last_cell; i++) {
			band.cells[i - band.first_cell] = (struct rows){REFINE_CELL, 0};
		}
		for (; y < next && y < bottom; y++) {
			compare_row(&band, now, before, y);
		}
		collect_band(refined, &band, now, before);
	}
}
