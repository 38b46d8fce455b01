// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/cursor_picture.h"

#include "tests/harness/test.h"

static uint32_t pixels[CURSOR_PICTURE_SIDE_MAX * CURSOR_PICTURE_SIDE_MAX];

static uint32_t at(uint32_t scale, struct cursor_point point)
{
	return pixels[point.y * cursor_picture_side(scale) + point.x];
}

TEST(as_large_as_the_scale)
{
	CHECK_INT(cursor_picture_side(120), 24);
	CHECK_INT(cursor_picture_side(180), 36);
	CHECK_INT(cursor_picture_side(600), CURSOR_PICTURE_SIDE_MAX);
}

TEST(the_arrow_is_the_clients)
{
	CHECK(!cursor_picture_draw(CURSOR_SHAPE_ARROW, 120, pixels));
}

TEST(each_has_white_and_an_edge_and_empty_corners)
{
	for (int shape = CURSOR_SHAPE_ARROW + 1; shape < CURSOR_SHAPES; shape++) {
		for (uint32_t scale = 120; scale <= 600; scale += 60) {
			int32_t side = cursor_picture_side(scale), light = 0, dark = 0;
			CHECK(cursor_picture_draw((enum cursor_shape)shape, scale, pixels));
			for (int32_t i = 0; i < side * side; i++) {
				uint32_t alpha = pixels[i] >> 24, white = pixels[i] & 0xff;
				light += white > 200;
				dark += alpha > 200 && white < 60;
				CHECK(white <= alpha); // premultiplied
			}
			CHECK(light > side / 2 && dark > side / 2);
			CHECK_INT(pixels[0], 0);
			CHECK_INT(pixels[side * side - 1], 0);
		}
	}
}

TEST(it_points_at_what_is_drawn)
{
	struct cursor_point beam = cursor_picture_hotspot(CURSOR_SHAPE_TEXT, 240);
	CHECK(cursor_picture_draw(CURSOR_SHAPE_TEXT, 240, pixels));
	CHECK_INT(at(240, beam), 0xffffffff);
	struct cursor_point hand = cursor_picture_hotspot(CURSOR_SHAPE_POINTER, 240);
	CHECK(cursor_picture_draw(CURSOR_SHAPE_POINTER, 240, pixels));
	CHECK(at(240, hand) >> 24 == 0xff);
}

TEST(some_are_others_turned)
{
	static uint32_t swapped[24 * 24];
	CHECK(cursor_picture_draw(CURSOR_SHAPE_EW, 120, pixels));
	CHECK(cursor_picture_draw(CURSOR_SHAPE_NS, 120, swapped));
	for (int y = 0; y < 24; y++) {
		for (int x = 0; x < 24; x++) {
			CHECK_INT(pixels[y * 24 + x], swapped[x * 24 + y]);
		}
	}
	CHECK(cursor_picture_draw(CURSOR_SHAPE_NWSE, 120, pixels));
	CHECK(cursor_picture_draw(CURSOR_SHAPE_NESW, 120, swapped));
	for (int y = 0; y < 24; y++) {
		for (int x = 0; x < 24; x++) {
			CHECK_INT(pixels[y * 24 + x], swapped[y * 24 + 23 - x]);
		}
	}
}

TEST_MAIN()
