// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/rough.h"
#include "tests/harness/test.h"

#define WIDTH 300
#define HEIGHT 100
#define ALL (WIDTH * HEIGHT)

static const struct rect whole = {0, 0, WIDTH, HEIGHT};
static const struct rect top = {10, 5, 100, 20};

TEST(what_changes_again_and_again_is_hot)
{
	struct rough rough;
	int64_t now = 50000;
	CHECK(rough_init(&rough, HEIGHT));
	CHECK(!rough_is_hot(&rough, &top));
	for (int i = 0; i <= ROUGH_HOT; i++) {
		CHECK(!rough_is_hot(&rough, &top));
		rough_touch(&rough, &top, now);
		rough_touch(&rough, &top, now); /* once a moment */
		now += ROUGH_QUICK_MS;
	}
	CHECK(rough_is_hot(&rough, &top));
	CHECK(!rough_is_hot(&rough, &whole));
	rough_touch(&rough, &top, now + ROUGH_QUICK_MS);
	CHECK(!rough_is_hot(&rough, &top));
	rough_finish(&rough);
}

TEST(it_is_due_once_it_is_still)
{
	struct rough rough;
	struct rect rect;
	int64_t now = 50000;
	CHECK(rough_init(&rough, HEIGHT));
	CHECK_INT(rough_due(&rough), ROUGH_NEVER);
	rough_touch(&rough, &top, now);
	rough_mark(&rough, &top);
	CHECK_INT(rough_due(&rough), now + ROUGH_STILL_MS);
	CHECK(!rough_take(&rough, now + ROUGH_STILL_MS - 1, ALL, &rect));
	CHECK(rough_take(&rough, now + ROUGH_STILL_MS, ALL, &rect));
	CHECK(rect.x == 10 && rect.y == 0 && rect.width == 100 && rect.height == ROUGH_ROWS);
	CHECK(rough_take(&rough, now + ROUGH_STILL_MS, ALL, &rect));
	CHECK(rect.y == ROUGH_ROWS);
	CHECK(!rough_take(&rough, now + ROUGH_STILL_MS, ALL, &rect));
	CHECK_INT(rough_due(&rough), ROUGH_NEVER);
	rough_finish(&rough);
}

TEST(only_what_is_still_is_taken)
{
	struct rough rough;
	struct rect rect, bottom = {0, HEIGHT - 1, WIDTH, 1};
	CHECK(rough_init(&rough, HEIGHT));
	rough_mark(&rough, &whole);
	rough_touch(&rough, &whole, 50000);
	rough_touch(&rough, &bottom, 50200);
	CHECK(rough_overlaps(&rough, &bottom));
	int64_t now = 50000 + ROUGH_STILL_MS;
	for (int32_t y = 0; y < HEIGHT / ROUGH_ROWS; y++) {
		CHECK(rough_take(&rough, now, ALL, &rect));
		CHECK_INT(rect.y, y * ROUGH_ROWS);
	}
	CHECK(!rough_overlaps(&rough, &top));
	CHECK(!rough_take(&rough, now, ALL, &rect));
	CHECK_INT(rough_due(&rough), 50200 + ROUGH_STILL_MS);
	CHECK(rough_take(&rough, now + 200, ALL, &rect));
	CHECK(rect.height == HEIGHT % ROUGH_ROWS);
	CHECK(!rough_overlaps(&rough, &whole));
	rough_finish(&rough);
}

TEST(marks_grow_together)
{
	struct rough rough;
	struct rect rect, left = {0, 0, 10, 1}, right = {200, 0, 10, 1};
	CHECK(rough_init(&rough, HEIGHT));
	rough_mark(&rough, &left);
	rough_mark(&rough, &right);
	CHECK_INT(rough.marked, 1);
	CHECK(rough_take(&rough, 50000, ALL, &rect));
	CHECK(rect.x == 0 && rect.width == 210);
	rough_finish(&rough);
}

TEST(a_band_may_be_taken_by_pieces)
{
	struct rough rough;
	struct rect rect, band = {0, 0, WIDTH, ROUGH_ROWS};
	int32_t x = 0;
	CHECK(rough_init(&rough, HEIGHT));
	rough_mark(&rough, &band);
	while (rough_take(&rough, 50000, 100 * ROUGH_ROWS, &rect)) {
		CHECK(rect.x == x && rect.y == 0 && rect.height == ROUGH_ROWS);
		CHECK(rect.width == 100);
		x += rect.width;
	}
	CHECK_INT(x, WIDTH);
	CHECK_INT(rough.marked, 0);
	/* However little there is room for. */
	rough_mark(&rough, &band);
	CHECK(rough_take(&rough, 50000, 0, &rect));
	CHECK_INT(rect.width, ROUGH_COLUMNS);
	CHECK_INT(rough.marked, 1);
	rough_finish(&rough);
}

TEST_MAIN()
