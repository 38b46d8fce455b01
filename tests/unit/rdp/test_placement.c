// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/placement.h"
#include "tests/harness/test.h"

#define LONG_AGO (-10000)

static const struct rect start = {10, 20, 300, 200};

static bool settle(struct placement *placement, int64_t now)
{
	int64_t due = 0;
	return placement_settle(placement, now, &due);
}

TEST(the_compositor_is_passed_on_at_once)
{
	struct placement placement;
	struct rect moved = {50, 20, 320, 200};
	placement_init(&placement, &start, false, LONG_AGO);
	CHECK(!settle(&placement, 1000));
	placement_compositor(&placement, &moved);
	CHECK(settle(&placement, 1000));
	CHECK(rect_equal(&placement.shown, &moved));
	CHECK(!settle(&placement, 1000));
}

TEST(the_client_counts_while_it_drags)
{
	struct placement placement;
	struct rect one = {11, 20, 300, 200}, two = {12, 20, 300, 200};
	int64_t due = 0;
	placement_init(&placement, &start, false, LONG_AGO);
	placement_client(&placement, &one, 1300);
	placement_client(&placement, &two, 1310);
	placement_compositor(&placement, &one);
	CHECK(!placement_settle(&placement, 1020, &due));
	CHECK_INT(due, 1310);
	placement_compositor(&placement, &two);
	CHECK(!settle(&placement, 1309));
	/* Then what it asked for is confirmed, once. */
	CHECK(settle(&placement, 1310));
	CHECK(rect_equal(&placement.shown, &two));
	CHECK(!settle(&placement, 1400));
}

TEST(freerdp_is_not_told_what_it_asked_for)
{
	struct placement placement;
	struct rect asked = {10, 20, 400, 300}, again = {10, 20, 300, 200};
	placement_init(&placement, &start, true, LONG_AGO);
	placement_client(&placement, &asked, 1300);
	CHECK(!settle(&placement, 1100));
	placement_compositor(&placement, &asked);
	CHECK(!settle(&placement, 1200));
	CHECK(!settle(&placement, 1400));
	/* What the application does then counts from there. */
	placement_compositor(&placement, &again);
	CHECK(settle(&placement, 1500));
}

TEST(nothing_is_told_while_the_client_acts)
{
	struct placement placement;
	struct rect half_way = {0, 0, 300, 200}, there = {0, 0, 1280, 800};
	placement_init(&placement, &start, true, LONG_AGO);
	placement_expect(&placement, 1300);
	placement_compositor(&placement, &half_way);
	CHECK(!settle(&placement, 1001));
	placement_client(&placement, &there, 1310);
	placement_compositor(&placement, &there);
	CHECK(!settle(&placement, 1400));
}

TEST(the_application_has_the_last_word)
{
	struct placement placement;
	struct rect asked = {10, 20, 333, 222}, grid = {10, 20, 330, 220};
	placement_init(&placement, &start, false, LONG_AGO);
	placement_client(&placement, &asked, 1300);
	placement_compositor(&placement, &grid);
	CHECK(!settle(&placement, 1200));
	CHECK(settle(&placement, 1300));
	CHECK(rect_equal(&placement.shown, &grid));
}

TEST(sizes_keep_their_distance)
{
	struct placement placement;
	struct rect one = {10, 20, 310, 200}, two = {10, 20, 320, 200}, moved = {70, 20, 310, 200};
	int64_t due = 0;
	placement_init(&placement, &start, true, LONG_AGO);
	placement_compositor(&placement, &one);
	CHECK(settle(&placement, 1000));
	placement_compositor(&placement, &moved);
	CHECK(settle(&placement, 1010));
	/* From when the one before is there, which may be long after it was sent. */
	placement_arrived(&placement, 1900);
	placement_arrived(&placement, 2000);
	placement_compositor(&placement, &two);
	CHECK(!placement_settle(&placement, 2020, &due));
	CHECK_INT(due, 3000);
	CHECK(settle(&placement, 3000));
}

TEST(the_first_size_counts_as_one)
{
	struct placement placement;
	struct rect moved = {70, 20, 300, 200}, grown = {70, 20, 320, 200};
	int64_t due = 0;
	placement_init(&placement, &start, true, 1000);
	placement_compositor(&placement, &moved);
	CHECK(settle(&placement, 1010));
	placement_compositor(&placement, &grown);
	placement_arrived(&placement, 1015);
	CHECK(!placement_settle(&placement, 1020, &due));
	CHECK_INT(due, 2115);
}

TEST(a_size_of_which_nothing_is_heard_is_waited_for_only_so_long)
{
	struct placement placement;
	struct rect grown = {10, 20, 320, 200};
	int64_t due = 0;
	placement_init(&placement, &start, true, 1000);
	placement_compositor(&placement, &grown);
	CHECK(!placement_settle(&placement, 1020, &due));
	CHECK_INT(due, 1000 + PLACEMENT_SIZE_UNHEARD_MS);
	CHECK(settle(&placement, due));
}

TEST_MAIN()
