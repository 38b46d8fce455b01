// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/popup_axis.h"

#include "tests/harness/test.h"

static const struct span screen = {0, 1000};

// A menu below a button of 100 to 150
static struct popup_axis below(int32_t length)
{
	return (struct popup_axis){.rect = {100, 50}, .length = length, .anchor = 1, .gravity = 1};
}

#define CHECK_SPAN(expression, from, size)                                                         \
	do {                                                                                       \
		struct span got = (expression);                                                    \
		CHECK_INT(got.start, from);                                                        \
		CHECK_INT(got.length, size);                                                       \
	} while (0)

TEST(it_hangs_on_any_point_by_any_edge)
{
	struct popup_axis axis = below(30);
	static const int32_t start[3][3] = {{70, 85, 100}, {95, 110, 125}, {120, 135, 150}};
	for (int anchor = -1; anchor <= 1; anchor++) {
		for (int gravity = -1; gravity <= 1; gravity++) {
			axis.anchor = anchor;
			axis.gravity = gravity;
			CHECK_SPAN(popup_axis_wish(&axis), start[anchor + 1][gravity + 1], 30);
			CHECK_SPAN(
				popup_axis_fit(&axis, screen), start[anchor + 1][gravity + 1], 30);
		}
	}
	axis = below(30);
	axis.offset = -7;
	CHECK_SPAN(popup_axis_wish(&axis), 143, 30);
}

TEST(what_may_not_be_adjusted_hangs_out)
{
	struct popup_axis axis = below(900);
	CHECK_SPAN(popup_axis_fit(&axis, screen), 150, 900);
}

TEST(it_flips_where_there_is_room_on_the_other_side)
{
	struct popup_axis axis = below(200);
	axis.flip = true;
	axis.rect.start = 800;
	CHECK_SPAN(popup_axis_fit(&axis, screen), 600, 200);
	axis.offset = 10; // is not turned round with it
	CHECK_SPAN(popup_axis_fit(&axis, screen), 610, 200);
	axis.length = 150;
	axis.offset = 0;
	CHECK_SPAN(popup_axis_fit(&axis, screen), 850, 150); // it just fits
}

TEST(what_fits_on_neither_side_does_not_flip)
{
	struct popup_axis axis = below(900);
	axis.flip = true;
	CHECK_SPAN(popup_axis_fit(&axis, screen), 150, 900);
	axis.slide = true;
	CHECK_SPAN(popup_axis_fit(&axis, screen), 100, 900);
	axis.slide = false;
	axis.resize = true;
	CHECK_SPAN(popup_axis_fit(&axis, screen), 150, 850);
}

TEST(it_slides_along_either_edge)
{
	struct popup_axis axis = below(200);
	axis.slide = true;
	axis.rect.start = 900;
	CHECK_SPAN(popup_axis_fit(&axis, screen), 800, 200);
	axis.rect.start = -300;
	CHECK_SPAN(popup_axis_fit(&axis, screen), 0, 200);
}

TEST(of_one_that_is_too_long_the_end_at_the_anchor_is_seen)
{
	struct popup_axis axis = below(1200);
	axis.slide = true;
	CHECK_SPAN(popup_axis_fit(&axis, screen), 0, 1200);
	axis.anchor = axis.gravity = -1;
	CHECK_SPAN(popup_axis_fit(&axis, screen), -200, 1200);
	axis.resize = true;
	CHECK_SPAN(popup_axis_fit(&axis, screen), 0, 1000);
}

TEST(it_is_cut_at_both_ends_but_never_to_nothing)
{
	struct popup_axis axis = below(1200);
	axis.resize = true;
	axis.gravity = 0;
	CHECK_SPAN(popup_axis_fit(&axis, screen), 0, 750);
	axis = below(200);
	axis.resize = true;
	axis.rect.start = 2000;
	CHECK_SPAN(popup_axis_fit(&axis, screen), 2050, 200);
}

TEST_MAIN()
