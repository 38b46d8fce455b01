// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/layout.h"

#include "tests/harness/test.h"

static const struct layout_window plain = {.is_decorated = true, .scale = LAYOUT_SCALE_ONE};

TEST(a_frame_is_around_a_window)
{
	struct margins margins = layout_margins(&plain);
	CHECK(margins.top > margins.left && margins.left > 0);
	CHECK_INT(margins.right, margins.left);
	CHECK_INT(margins.bottom, margins.left);
}

TEST(a_maximized_window_has_a_title_only)
{
	struct layout_window window = plain;
	window.is_maximized = true;
	struct margins margins = layout_margins(&window);
	CHECK(margins.top > 0);
	CHECK_INT(margins.left + margins.right + margins.bottom, 0);
}

TEST(a_fullscreen_or_bare_window_has_nothing)
{
	struct layout_window window = plain;
	window.is_fullscreen = true;
	CHECK_INT(layout_margins(&window).top, 0);
	window = plain;
	window.is_decorated = false;
	CHECK_INT(layout_margins(&window).top, 0);
	CHECK_INT(layout_at(&window, 400, 300, 1, 1).part, LAYOUT_NOTHING);
	CHECK_INT(layout_at(&window, 400, 300, 395, 10).part, LAYOUT_NOTHING);
}

TEST(a_frame_grows_with_the_scale)
{
	struct layout_window window = plain;
	window.scale = 2 * LAYOUT_SCALE_ONE;
	CHECK_INT(layout_margins(&window).top, 2 * layout_margins(&plain).top);
	CHECK_INT(layout_button(&window, 800, LAYOUT_CLOSE).width,
		2 * layout_button(&plain, 400, LAYOUT_CLOSE).width);
}

TEST(buttons_are_side_by_side_and_end_the_title)
{
	struct box close = layout_button(&plain, 400, LAYOUT_CLOSE);
	struct box maximize = layout_button(&plain, 400, LAYOUT_MAXIMIZE);
	struct box minimize = layout_button(&plain, 400, LAYOUT_MINIMIZE);
	struct box title = layout_title(&plain, 400);
	CHECK_INT(close.x + close.width, 400 - layout_margins(&plain).right);
	CHECK_INT(maximize.x + maximize.width, close.x);
	CHECK_INT(minimize.x + minimize.width, maximize.x);
	CHECK_INT(title.x + title.width, minimize.x);
}

TEST(what_cannot_be_resized_has_neither_edges_nor_a_button_for_it)
{
	struct layout_window window = plain;
	window.is_fixed = true;
	CHECK_INT(layout_button(&window, 400, LAYOUT_MAXIMIZE).width, 0);
	struct box minimize = layout_button(&window, 400, LAYOUT_MINIMIZE);
	CHECK_INT(minimize.x + minimize.width, layout_button(&window, 400, LAYOUT_CLOSE).x);
	CHECK_INT(layout_at(&window, 400, 300, 1, 150).part, LAYOUT_NOTHING);
	CHECK_INT(layout_at(&window, 400, 300, 200, 1).part, LAYOUT_TITLE);
}

TEST(a_narrow_window_has_no_room_for_buttons)
{
	CHECK_INT(layout_button(&plain, 40, LAYOUT_CLOSE).width, 0);
	CHECK(layout_title(&plain, 40).width > 0);
	CHECK_INT(layout_title(&plain, 1).width, 0);
}

TEST(points_are_where_they_look_to_be)
{
	struct box close = layout_button(&plain, 400, LAYOUT_CLOSE);
	CHECK_INT(layout_at(&plain, 400, 300, close.x + 5, 15).part, LAYOUT_CLOSE);
	CHECK_INT(layout_at(&plain, 400, 300, 100, 15).part, LAYOUT_TITLE);
	CHECK_INT(layout_at(&plain, 400, 300, 100, 150).part, LAYOUT_NOTHING);
}

TEST(edges_meet_in_corners)
{
	CHECK_INT(layout_at(&plain, 400, 300, 1, 150).edges, LAYOUT_LEFT);
	CHECK_INT(layout_at(&plain, 400, 300, 399, 150).edges, LAYOUT_RIGHT);
	CHECK_INT(layout_at(&plain, 400, 300, 200, 0).edges, LAYOUT_TOP);
	CHECK_INT(layout_at(&plain, 400, 300, 200, 299).edges, LAYOUT_BOTTOM);
	CHECK_INT(layout_at(&plain, 400, 300, 1, 10).edges, LAYOUT_LEFT | LAYOUT_TOP);
	CHECK_INT(layout_at(&plain, 400, 300, 390, 299).edges, LAYOUT_RIGHT | LAYOUT_BOTTOM);
}

TEST_MAIN()
