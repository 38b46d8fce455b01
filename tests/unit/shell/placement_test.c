// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/placement.h"

#include "tests/harness/test.h"

static const struct rect work = {0, 30, 1920, 1050};

TEST(new_windows_cascade_and_come_round)
{
	struct rect a = placement_cascade(work, 800, 600, 0),
		    b = placement_cascade(work, 800, 600, 1);
	CHECK_INT(a.x, 32);
	CHECK_INT(a.y, 62);
	CHECK_INT(b.x, 64);
	for (uint32_t i = 0; i < 100; i++) {
		struct rect r = placement_cascade(work, 800, 600, i);
		CHECK(r.x >= 0 && r.y >= 30 && r.x + 800 <= 1920 && r.y + 600 <= 1080);
	}
}

TEST(a_window_that_is_too_big_shows_its_corner)
{
	struct rect r = placement_cascade(work, 5000, 5000, 7);
	CHECK_INT(r.x, 0);
	CHECK_INT(r.y, 30);
}

TEST(dialogs_go_over_their_parent_and_stay_inside)
{
	struct rect r = placement_centre((struct rect){100, 100, 400, 300}, work, 200, 100);
	CHECK_INT(r.x, 200);
	CHECK_INT(r.y, 200);
	r = placement_centre((struct rect){1800, 1000, 400, 300}, work, 200, 100);
	CHECK_INT(r.x, 1720);
	CHECK_INT(r.y, 980);
}

TEST(windows_out_of_reach_come_back)
{
	struct monitors monitors = {
		.count = 1, .monitor = {{.area = {0, 0, 1920, 1080}, .work_area = work}}};
	struct rect r = placement_reachable(&monitors, (struct rect){100, 100, 300, 200});
	CHECK_INT(r.x, 100);
	CHECK_INT(r.y, 100);
	r = placement_reachable(&monitors, (struct rect){1800, 500, 300, 200});
	CHECK_INT(r.x, 1800);
	r = placement_reachable(&monitors, (struct rect){3000, 500, 300, 200});
	CHECK_INT(r.x, 1620);
	CHECK_INT(r.y, 500);
	r = placement_reachable(&monitors, (struct rect){100, -500, 300, 200});
	CHECK_INT(r.y, 30);
	r = placement_reachable(&monitors, (struct rect){-280, 100, 300, 200});
	CHECK_INT(r.x, 0);
}

TEST_MAIN()
