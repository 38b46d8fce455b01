// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/scale.h"

#include "tests/harness/test.h"

TEST(units_and_pixels)
{
	CHECK_INT(scale_up(120, 333), 333);
	CHECK_INT(scale_up(180, 333), 500);
	CHECK_INT(scale_down(180, 500), 333);
	CHECK_INT(scale_down(240, 1081), 541);
	CHECK_INT(scale_up(240, -7), -14);
	CHECK_INT(scale_whole(120), 1);
	CHECK_INT(scale_whole(121), 2);
	CHECK_INT(scale_whole(600), 5);
}

TEST(boxes_cover_what_they_touch)
{
	pixman_box32_t b = scale_box(120, (pixman_box32_t){1, 2, 3, 4});
	CHECK(b.x1 == 1 && b.y1 == 2 && b.x2 == 3 && b.y2 == 4);
	b = scale_box(240, (pixman_box32_t){-1, 2, 3, 4});
	CHECK(b.x1 == -2 && b.y1 == 4 && b.x2 == 6 && b.y2 == 8);
	b = scale_box(180, (pixman_box32_t){1, 1, 3, 3});
	CHECK(b.x1 == 0 && b.y1 == 0 && b.x2 == 6 && b.y2 == 6);
}

TEST(only_whole_moves_and_quarter_turns_keep_pixels_apart)
{
	pixman_f_transform_t move = {{{1, 0, 7}, {0, 1, -2}, {0, 0, 1}}};
	pixman_f_transform_t turn = {{{0, -1, 100}, {1, 0, 0}, {0, 0, 1}}};
	pixman_f_transform_t half = {{{1, 0, 0.5}, {0, 1, 0}, {0, 0, 1}}};
	pixman_f_transform_t grow = {{{0.5, 0, 0}, {0, 0.5, 0}, {0, 0, 1}}};
	CHECK(!scale_mixes(&move));
	CHECK(!scale_mixes(&turn));
	CHECK(scale_mixes(&half));
	CHECK(scale_mixes(&grow));
}

TEST(buffers_at_the_exact_scale_are_drawn_as_they_are)
{
	pixman_f_transform_t odd = {{{521.0 / 520.5, 0, -0.5}, {0, 1, 19.5}, {0, 0, 1}}};
	pixman_f_transform_t grow = {{{0.99, 0, 0.25}, {0, 1, 0}, {0, 0, 1}}};
	scale_snap(&odd, 520.5, 300);
	CHECK(odd.m[0][0] == 1 && odd.m[0][2] == -1 && odd.m[1][2] == 20);
	CHECK(!scale_mixes(&odd));
	scale_snap(&grow, 520, 300);
	CHECK(grow.m[0][0] == 0.99 && grow.m[0][2] == 0.25);
}

TEST_MAIN()
