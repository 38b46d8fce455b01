// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/corners.h"

#include "tests/harness/test.h"

#define SIDE 12
#define GREY UINT32_C(0xff808080)

static uint32_t pixels[SIDE * SIDE];

static void fill(uint32_t colour)
{
	for (int i = 0; i < SIDE * SIDE; i++) {
		pixels[i] = colour;
	}
}

TEST(what_is_see_through_in_a_corner_gets_the_colour_beside_it)
{
	fill(GREY);
	pixels[0] = 0;
	pixels[SIDE - 1] = UINT32_C(0x40202020);
	pixels[(SIDE - 1) * SIDE + 1] = 0;
	pixels[CORNER_SIZE] = UINT32_C(0xff0000ff);
	corners_square(pixels, SIDE, SIDE, SIDE);
	CHECK_INT(pixels[0], UINT32_C(0xff0000ff));
	CHECK_INT(pixels[SIDE - 1], GREY);
	CHECK_INT(pixels[(SIDE - 1) * SIDE + 1], GREY);
}

TEST(nothing_else_changes)
{
	fill(0);
	corners_square(pixels, SIDE, SIDE, SIDE);
	CHECK_INT(pixels[CORNER_SIZE], 0);
	CHECK_INT(pixels[CORNER_SIZE * SIDE], 0);
	CHECK_INT(pixels[0], UINT32_C(0xff000000));
}

TEST(a_picture_of_nothing_but_corners_is_left_alone)
{
	fill(0);
	corners_square(pixels, 2 * CORNER_SIZE, SIDE, SIDE);
	CHECK_INT(pixels[0], 0);
}

TEST_MAIN()
