// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/difference.h"
#include "tests/harness/any.h"
#include "tests/harness/test.h"

#define WIDTH 203
#define HEIGHT 77
#define STRIDE ((WIDTH + 3) * 4)
#define EVERYTHING UINT32_MAX
#define COLOURS UINT32_C(0xffffff)

static uint32_t now[HEIGHT][STRIDE / 4], before[HEIGHT][STRIDE / 4];
static uint32_t seed = 1;

static void begin(pixman_region32_t *region)
{
	memset(now, 0x40, sizeof(now));
	memset(before, 0x40, sizeof(before));
	pixman_region32_init_rect(region, 0, 0, WIDTH, HEIGHT);
}

static void keep(pixman_region32_t *region, uint32_t mask)
{
	struct difference_side a = {(const uint8_t *)now, STRIDE},
			       b = {(const uint8_t *)before, STRIDE};
	difference_keep(region, a, b, mask);
}

static bool has(const pixman_region32_t *region, int x, int y)
{
	return pixman_region32_contains_point((pixman_region32_t *)region, x, y, NULL) != 0;
}

static int area(const pixman_region32_t *region)
{
	int count, pixels = 0;
	const pixman_box32_t *box = pixman_region32_rectangles((pixman_region32_t *)region, &count);
	for (int i = 0; i < count; i++) {
		pixels += (box[i].x2 - box[i].x1) * (box[i].y2 - box[i].y1);
	}
	return pixels;
}

TEST(nothing_differs)
{
	pixman_region32_t region;
	begin(&region);
	keep(&region, EVERYTHING);
	CHECK(!pixman_region32_not_empty(&region));
	pixman_region32_fini(&region);
}

TEST(one_pixel_is_one_cell)
{
	for (int i = 0; i < 500; i++) {
		pixman_region32_t region;
		int x = (int)any_below(&seed, WIDTH), y = (int)any_below(&seed, HEIGHT);
		begin(&region);
		now[y][x]++;
		keep(&region, EVERYTHING);
		CHECK(has(&region, x, y));
		CHECK(area(&region) <= DIFFERENCE_COLUMNS * DIFFERENCE_ROWS);
		pixman_region32_fini(&region);
	}
}

TEST(what_the_mask_leaves_out_does_not_differ)
{
	pixman_region32_t region;
	begin(&region);
	for (int y = 0; y < HEIGHT; y++) {
		for (int x = 0; x < WIDTH; x++) {
			now[y][x] ^= UINT32_C(0xff000000);
		}
	}
	keep(&region, COLOURS);
	CHECK(!pixman_region32_not_empty(&region));
	pixman_region32_fini(&region);
	begin(&region);
	now[HEIGHT - 1][WIDTH - 1] ^= 1;
	keep(&region, COLOURS);
	CHECK(has(&region, WIDTH - 1, HEIGHT - 1));
	pixman_region32_fini(&region);
}

TEST(only_the_region_is_looked_at)
{
	pixman_region32_t region;
	begin(&region);
	pixman_region32_fini(&region);
	pixman_region32_init_rect(&region, 10, 10, 50, 30);
	now[9][20]++;
	now[40][20]++;
	now[20][9]++;
	now[20][60]++;
	keep(&region, EVERYTHING);
	CHECK(!pixman_region32_not_empty(&region));
	pixman_region32_fini(&region);
}

TEST(everything_that_differs_is_kept)
{
	for (int round = 0; round < 100; round++) {
		pixman_region32_t region;
		begin(&region);
		for (uint32_t n = any_below(&seed, 400); n > 0; n--) {
			now[any_below(&seed, HEIGHT)][any_below(&seed, WIDTH)] = any_next(&seed);
		}
		keep(&region, EVERYTHING);
		for (int y = 0; y < HEIGHT; y++) {
			for (int x = 0; x < WIDTH; x++) {
				CHECK(now[y][x] == before[y][x] || has(&region, x, y));
			}
		}
		pixman_region32_fini(&region);
	}
}

/* A chessboard of cells, higher than what is told apart. */
TEST(too_much_is_all_of_it)
{
	enum {
		TALL = DIFFERENCE_ROWS * DIFFERENCE_RUNS_MAX
	};
	pixman_region32_t region;
	uint32_t *tall = calloc((size_t)TALL * WIDTH, 4), *other = calloc((size_t)TALL * WIDTH, 4);
	for (size_t y = 0; y < TALL; y++) {
		tall[y * WIDTH] = tall[y * WIDTH + 2 * DIFFERENCE_COLUMNS] = 1;
	}
	tall[(size_t)(TALL - 1) * WIDTH + WIDTH - 1] = 1;
	pixman_region32_init_rect(&region, 0, 0, WIDTH, TALL);
	difference_keep(&region, (struct difference_side){(const uint8_t *)tall, WIDTH * 4},
		(struct difference_side){(const uint8_t *)other, WIDTH * 4}, EVERYTHING);
	CHECK(!has(&region, DIFFERENCE_COLUMNS + 1, 0));
	CHECK(has(&region, DIFFERENCE_COLUMNS + 1, TALL - 1));
	CHECK(has(&region, WIDTH - 1, TALL - 1));
	pixman_region32_fini(&region);
	free(tall);
	free(other);
}

TEST_MAIN()
