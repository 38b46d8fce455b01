// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/page.h"
#include "tests/harness/any.h"
#include "tests/harness/test.h"

#define WIDTH 400
#define HEIGHT 300

static uint32_t pixels[WIDTH * HEIGHT];
static uint8_t taken[WIDTH * HEIGHT];
static const struct image image = {(uint8_t *)pixels, WIDTH, HEIGHT, WIDTH * 4};
static uint32_t seed = 1;

/* Paper, and a photograph there. */
static void draw(const struct rect *photograph)
{
	for (int32_t i = 0; i < WIDTH * HEIGHT; i++) {
		int32_t x = i % WIDTH - photograph->x, y = i / WIDTH - photograph->y;
		bool in = x >= 0 && x < photograph->width && y >= 0 && y < photograph->height;
		pixels[i] = in ? (uint32_t)x << 8 | any_below(&seed, 4) : 0xf0f0f0;
	}
}

static bool take(const struct rect *rect)
{
	for (int32_t y = rect->y; y < rect->y + rect->height; y++) {
		for (int32_t x = rect->x; x < rect->x + rect->width; x++) {
			if (taken[y * WIDTH + x]++ > 0) {
				return false;
			}
		}
	}
	return true;
}

/* How many parts, each of which comes once; -1 when they are not the rectangle. */
static int count_parts(const struct rect *rect, int *photographs)
{
	struct page page;
	struct part part;
	int parts = 0;
	int64_t area = 0;
	*photographs = 0;
	memset(taken, 0, sizeof(taken));
	page_begin(&page, &image, rect);
	while (page_next(&page, &part)) {
		bool inside = part.rect.x >= rect->x && part.rect.y >= rect->y &&
			      part.rect.x + part.rect.width <= rect->x + rect->width &&
			      part.rect.y + part.rect.height <= rect->y + rect->height;
		if (!inside || !take(&part.rect)) {
			return -1;
		}
		area += (int64_t)part.rect.width * part.rect.height;
		*photographs += part.photograph;
		parts++;
	}
	return area == (int64_t)rect->width * rect->height ? parts : -1;
}

TEST(what_looks_the_same_is_one_part)
{
	struct rect none = {0}, whole = {0, 0, WIDTH, HEIGHT};
	int photographs;
	draw(&none);
	CHECK_INT(count_parts(&whole, &photographs), 1);
	CHECK_INT(photographs, 0);
	draw(&whole);
	CHECK_INT(count_parts(&whole, &photographs), 1);
	CHECK_INT(photographs, 1);
}

TEST(a_photograph_in_a_page_is_a_part)
{
	struct rect whole = {0, 0, WIDTH, HEIGHT}, photograph = {64, 64, 192, 128};
	int photographs;
	draw(&photograph);
	/* Above, below, and three by each of two rows. */
	CHECK_INT(count_parts(&whole, &photographs), 8);
	CHECK_INT(photographs, 2);
	CHECK_INT(count_parts(&photograph, &photographs), 1);
}

TEST(parts_are_the_rectangle_wherever_it_lies)
{
	for (int i = 0; i < 300; i++) {
		struct rect rect = {
			(int32_t)any_below(&seed, WIDTH), (int32_t)any_below(&seed, HEIGHT), 0, 0};
		rect.width = 1 + (int32_t)any_below(&seed, (uint32_t)(WIDTH - rect.x));
		rect.height = 1 + (int32_t)any_below(&seed, (uint32_t)(HEIGHT - rect.y));
		struct rect photograph = {rect.x / 2 + 20, rect.y / 3 + 10, 150, 200};
		int photographs;
		draw(&photograph);
		CHECK(count_parts(&rect, &photographs) > 0);
	}
}

TEST_MAIN()
