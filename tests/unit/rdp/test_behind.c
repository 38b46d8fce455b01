// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/behind.h"
#include "tests/harness/test.h"

TEST(what_is_marked_comes_once)
{
	struct behind behind;
	struct rect rect;
	CHECK(behind_init(&behind, 100));
	CHECK(!behind_take(&behind, 1000, BEHIND_ROWS, &rect));
	behind_mark(&behind, &(struct rect){10, 20, 30, 5});
	behind_mark(&behind, &(struct rect){5, 22, 10, 5});
	CHECK_INT(behind.marked, 1);
	CHECK(behind_take(&behind, 1000, BEHIND_ROWS, &rect));
	CHECK(rect.x == 5 && rect.width == 35 && rect.y == 16 && rect.height == 16);
	CHECK(!behind_take(&behind, 1000, BEHIND_ROWS, &rect));
	behind_finish(&behind);
}

TEST(the_last_band_ends_with_the_window)
{
	struct behind behind;
	struct rect rect;
	CHECK(behind_init(&behind, 100));
	behind_mark(&behind, &(struct rect){0, 0, 10, 100});
	CHECK(behind_take(&behind, 1 << 20, BEHIND_ROWS, &rect));
	CHECK(rect.y == 0 && rect.height == 100);
	behind_mark(&behind, &(struct rect){0, 99, 10, 1});
	CHECK(behind_take(&behind, 1 << 20, BEHIND_ROWS, &rect));
	CHECK(rect.y == 96 && rect.height == 4);
	behind_finish(&behind);
}

TEST(each_band_has_its_turn)
{
	struct behind behind;
	struct rect rect;
	int seen[10] = {0};
	CHECK(behind_init(&behind, 160));
	for (int i = 0; i < 40; i++) {
		behind_mark(&behind, &(struct rect){0, 0, 100, 160});
		/* Not enough for two bands, and so little that it is not one. */
		CHECK(behind_take(&behind, i % 2 == 0 ? 2000 : 0, BEHIND_ROWS, &rect));
		CHECK_INT(rect.height, 16);
		seen[rect.y / 16]++;
	}
	for (int i = 0; i < 10; i++) {
		CHECK_INT(seen[i], 4);
	}
	behind_finish(&behind);
}

TEST(what_is_taken_ends_at_a_step)
{
	struct behind behind;
	struct rect rect, all = {0, 20, 100, 400};
	int32_t y = 16;
	CHECK(behind_init(&behind, 500));
	behind_mark(&behind, &all);
	CHECK_INT(behind_pixels(&behind), 26 * BEHIND_ROWS * 100);
	while (behind_take(&behind, 1000, 64, &rect)) {
		CHECK_INT(rect.y, y);
		y += rect.height;
		CHECK(y % 64 == 0 || y == 432);
	}
	CHECK_INT(y, 432);
	CHECK_INT(behind_pixels(&behind), 0);
	behind_finish(&behind);
}

TEST_MAIN()
