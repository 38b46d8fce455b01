// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/difference.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct pair {
	struct difference_side now, before;
	uint32_t mask;
};

static const uint8_t *pixel(const struct difference_side *side, int x, int y)
{
	return side->pixels + (ptrdiff_t)y * side->stride + (ptrdiff_t)x * 4;
}

// Two pixels at a time
static bool same_row(const struct pair *pair, int x, int y, int count)
{
	const uint8_t *a = pixel(&pair->now, x, y), *b = pixel(&pair->before, x, y);
	uint64_t mask = (uint64_t)pair->mask << 32 | pair->mask, differ = 0;
	size_t size = (size_t)count * 4, at = 0;
	for (; at + sizeof(mask) <= size; at += sizeof(mask)) {
		uint64_t left, right;
		memcpy(&left, a + at, sizeof(left));
		memcpy(&right, b + at, sizeof(right));
		differ |= left ^ right;
	}
	if (at < size) {
		uint32_t left, right;
		memcpy(&left, a + at, sizeof(left));
		memcpy(&right, b + at, sizeof(right));
		differ |= left ^ right;
	}
	return (differ & mask) == 0;
}

static bool same_cell(const struct pair *pair, const pixman_box32_t *cell)
{
	for (int y = cell->y1; y < cell->y2; y++) {
		if (!same_row(pair, cell->x1, y, cell->x2 - cell->x1)) {
			return false;
		}
	}
	return true;
}

static void add(pixman_region32_t *region, int x1, int y1, int x2, int y2)
{
	pixman_region32_union_rect(
		region, region, x1, y1, (unsigned)(x2 - x1), (unsigned)(y2 - y1));
}

// The band's first row that differs is known: cells are looked at from there on. Returns the runs
static int add_cells(
	pixman_region32_t *different, const struct pair *pair, const pixman_box32_t *band)
{
	int runs = 0, begun = band->x1;
	for (int x = band->x1; x < band->x2; x += DIFFERENCE_COLUMNS) {
		pixman_box32_t cell = {x, band->y1, x + DIFFERENCE_COLUMNS, band->y2};
		cell.x2 = cell.x2 < band->x2 ? cell.x2 : band->x2;
		if (!same_cell(pair, &cell)) {
			continue;
		}
		if (begun < x) {
			add(different, begun, band->y1, x, band->y2);
			runs++;
		}
		begun = cell.x2;
	}
	if (begun < band->x2) {
		add(different, begun, band->y1, band->x2, band->y2);
		runs++;
	}
	return runs;
}

static int add_band(
	pixman_region32_t *different, const struct pair *pair, const pixman_box32_t *band)
{
	for (int y = band->y1; y < band->y2; y++) {
		if (!same_row(pair, band->x1, y, band->x2 - band->x1)) {
			pixman_box32_t rest = {band->x1, y, band->x2, band->y2};
			return add_cells(different, pair, &rest);
		}
	}
	return 0;
}

static int add_box(
	pixman_region32_t *different, const struct pair *pair, const pixman_box32_t *box, int runs)
{
	for (int y = box->y1; y < box->y2; y += DIFFERENCE_ROWS) {
		pixman_box32_t band = {box->x1, y, box->x2, y + DIFFERENCE_ROWS};
		band.y2 = band.y2 < box->y2 ? band.y2 : box->y2;
		if (runs >= DIFFERENCE_RUNS_MAX) {
			add(different, box->x1, y, box->x2, box->y2);
			return runs;
		}
		runs += add_band(different, pair, &band);
	}
	return runs;
}

void difference_keep(pixman_region32_t *region, struct difference_side now,
	struct difference_side before, uint32_t mask)
{
	struct pair pair = {now, before, mask};
	pixman_region32_t different;
	int count, runs = 0;
	const pixman_box32_t *boxes = pixman_region32_rectangles(region, &count);
	pixman_region32_init(&different);
	for (int i = 0; i < count; i++) {
		runs = add_box(&different, &pair, &boxes[i], runs);
	}
	pixman_region32_copy(region, &different);
	pixman_region32_fini(&different);
}
