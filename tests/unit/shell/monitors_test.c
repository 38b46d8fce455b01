// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/monitors.h"

#include <stdint.h>

#include "tests/harness/test.h"

static struct monitor make(int32_t x, int32_t y, int32_t width, int32_t height)
{
	return (struct monitor){.area = {x, y, width, height}, .scale = 120, .refresh = 60000};
}

TEST(a_commit_needs_a_monitor)
{
	struct monitors monitors;
	struct monitors_pending pending = {0};
	CHECK(!monitors_commit(&monitors, &pending));
}

TEST(gaps_close_and_a_commit_starts_anew)
{
	struct monitors monitors;
	struct monitors_pending pending = {0};
	struct monitor a = make(0, 0, 1920, 1080), b = make(1920, 0, 1280, 1024);
	CHECK(monitors_describe(&pending, 0, &a));
	CHECK(monitors_describe(&pending, 5, &b));
	CHECK(monitors_commit(&monitors, &pending));
	CHECK_INT(monitors.count, 2);
	CHECK_INT(monitors.monitor[1].area.width, 1280);
	CHECK_INT(monitors.monitor[1].work_area.x, 1920);
	CHECK(!monitors_commit(&monitors, &pending));
}

TEST(work_areas_stay_inside_in_any_order)
{
	struct monitors monitors;
	struct monitors_pending pending = {0};
	struct monitor a = make(0, 0, 1920, 1080);
	CHECK(monitors_describe_work_area(&pending, 0, (struct rect){0, 0, 1920, 2000}));
	CHECK(monitors_describe(&pending, 0, &a));
	CHECK(monitors_commit(&monitors, &pending));
	CHECK_INT(monitors.monitor[0].work_area.height, 1080);
	CHECK(monitors_describe(&pending, 0, &a));
	CHECK(monitors_describe_work_area(&pending, 0, (struct rect){5000, 0, 10, 10}));
	CHECK(monitors_commit(&monitors, &pending));
	CHECK_INT(monitors.monitor[0].work_area.width, 1920);
}

TEST(what_is_out_of_bounds_is_refused)
{
	struct monitors_pending pending = {0};
	struct monitor ok = make(-1920, -1080, 32766, 32766), wide = make(0, 0, 32767, 1);
	struct monitor flat = make(0, 0, 100, 0), far_off = make(INT32_MIN, 0, 100, 100);
	CHECK(monitors_describe(&pending, 15, &ok));
	CHECK(!monitors_describe(&pending, 16, &ok));
	CHECK(!monitors_describe(&pending, 0, &wide));
	CHECK(!monitors_describe(&pending, 0, &flat));
	CHECK(!monitors_describe(&pending, 0, &far_off));
	ok.scale = 119;
	CHECK(!monitors_describe(&pending, 0, &ok));
	ok.scale = 601;
	CHECK(!monitors_describe(&pending, 0, &ok));
	CHECK(!monitors_describe_work_area(&pending, 0, (struct rect){0, 0, INT32_MAX, 1}));
}

TEST(rectangles_meet_without_overflow)
{
	struct rect r =
		rect_intersect((struct rect){0, 0, 100, 50}, (struct rect){90, -10, 100, 20});
	CHECK(r.x == 90 && r.y == 0 && r.width == 10 && r.height == 10);
	r = rect_intersect(
		(struct rect){0, 0, 100, 50}, (struct rect){10, INT32_MIN, INT32_MAX, INT32_MAX});
	CHECK_INT(r.width, 0);
	r = rect_intersect(
		(struct rect){0, 0, 100, 50}, (struct rect){INT32_MAX, 0, INT32_MAX, INT32_MAX});
	CHECK_INT(r.width, 0);
	r = rect_intersect(
		(struct rect){0, 0, 100, 50}, (struct rect){10, 10, INT32_MAX, INT32_MAX});
	CHECK(r.width == 90 && r.height == 40);
}

TEST(the_nearest_monitor)
{
	struct monitors monitors = {
		.count = 2, .monitor = {make(0, 0, 1920, 1080), make(1920, 0, 1280, 1024)}};
	CHECK(monitors_nearest(&monitors, 1919, 500) == &monitors.monitor[0]);
	CHECK(monitors_nearest(&monitors, 1920, 500) == &monitors.monitor[1]);
	CHECK(monitors_nearest(&monitors, -5000, -5000) == &monitors.monitor[0]);
	CHECK(monitors_nearest(&monitors, 9999, 9999) == &monitors.monitor[1]);
}

TEST(the_origin_leaves_no_negative_coordinate)
{
	int32_t x, y;
	struct monitors monitors = {
		.count = 2, .monitor = {make(0, 0, 1920, 1080), make(-1280, -100, 1280, 1024)}};
	monitors_origin(&monitors, &x, &y);
	CHECK_INT(x, 1280);
	CHECK_INT(y, 100);
	monitors.count = 1;
	monitors_origin(&monitors, &x, &y);
	CHECK_INT(x, 0);
}

TEST_MAIN()
