// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/desktop_drag.h"
#include "sill-bridge-v1-client.h"
#include "tests/harness/test.h"

#define TOP_LEFT (SILL_WINDOW_V1_EDGE_TOP | SILL_WINDOW_V1_EDGE_LEFT)
#define BOTTOM_RIGHT (SILL_WINDOW_V1_EDGE_BOTTOM | SILL_WINDOW_V1_EDGE_RIGHT)

static const struct window window = {.number = 7, .geometry = {100, 50, 300, 200}};
static const struct size_limits none;

static bool ends_at(uint32_t edges, const struct size_limits *limits, int32_t dx, int32_t dy,
	struct rect expected)
{
	struct drag drag;
	drag_begin(&drag, &window, edges, 0, 120, 60);
	drag_motion(&drag, limits, 120 + dx, 60 + dy);
	return !drag.told && rect_equal(&drag.wanted, &expected);
}

TEST(moved_it_goes_with_the_pointer)
{
	CHECK(ends_at(SILL_WINDOW_V1_EDGE_NONE, &none, -150, 30, (struct rect){-50, 80, 300, 200}));
}

TEST(the_edges_that_are_dragged_move_and_the_others_stay)
{
	CHECK(ends_at(BOTTOM_RIGHT, &none, 10, -20, (struct rect){100, 50, 310, 180}));
	CHECK(ends_at(TOP_LEFT, &none, 10, -20, (struct rect){110, 30, 290, 220}));
	CHECK(ends_at(SILL_WINDOW_V1_EDGE_RIGHT, &none, 10, -20, (struct rect){100, 50, 310, 200}));
}

TEST(the_applications_limits_hold)
{
	struct size_limits limits = {280, 150, 320, 210};
	CHECK(ends_at(BOTTOM_RIGHT, &limits, 100, 100, (struct rect){100, 50, 320, 210}));
	CHECK(ends_at(BOTTOM_RIGHT, &limits, -100, -100, (struct rect){100, 50, 280, 150}));
	CHECK(ends_at(TOP_LEFT, &limits, 100, 100, (struct rect){120, 100, 280, 150}));
}

TEST(nothing_is_dragged_out_of_sight)
{
	CHECK(ends_at(BOTTOM_RIGHT, &none, -1000, -1000,
		(struct rect){100, 50, DRAG_SIZE_LEAST, DRAG_SIZE_LEAST}));
}

TEST(what_did_not_change_is_not_told_again)
{
	struct drag drag;
	drag_begin(&drag, &window, SILL_WINDOW_V1_EDGE_NONE, 0, 120, 60);
	drag_motion(&drag, &none, 120, 60);
	CHECK(drag.told);
	drag_motion(&drag, &none, 121, 60);
	CHECK(!drag.told);
	drag_motion(&drag, &none, 121, 60);
	CHECK(!drag.told);
}

TEST(the_nearest_corner_is_taken)
{
	CHECK_INT(drag_corner(&window.geometry, 110, 60), TOP_LEFT);
	CHECK_INT(drag_corner(&window.geometry, 390, 240), BOTTOM_RIGHT);
	CHECK_INT(drag_corner(&window.geometry, 390, 60),
		SILL_WINDOW_V1_EDGE_TOP | SILL_WINDOW_V1_EDGE_RIGHT);
}

TEST_MAIN()
