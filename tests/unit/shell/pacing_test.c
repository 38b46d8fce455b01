// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/pacing.h"

#include "tests/harness/test.h"

#define MS INT64_C(1000000)

static const struct pacing_view seen = {.visible = true, .interval = 16 * MS};
static const struct pacing_view unseen = {.visible = false, .interval = 16 * MS};

TEST(frames_wait_for_the_one_under_way_and_the_refresh)
{
	struct pacing pacing = {.sent = 1000 * MS};
	CHECK_INT(pacing_frame_due(&pacing, seen), 1016 * MS);
	pacing.under_way = true;
	CHECK(pacing_frame_due(&pacing, seen) == PACING_NEVER);
}

TEST(nobody_gets_frames_of_a_window_that_is_not_seen)
{
	struct pacing pacing = {0};
	CHECK(pacing_frame_due(&pacing, unseen) == PACING_NEVER);
}

TEST(callbacks_follow_the_refresh)
{
	struct pacing pacing = {.answered = 500 * MS};
	CHECK_INT(pacing_callbacks_due(&pacing, seen, false), 516 * MS);
}

TEST(callbacks_wait_for_the_frame_but_not_for_ever)
{
	struct pacing pacing = {.answered = 500 * MS, .sent = 600 * MS, .under_way = true};
	CHECK_INT(pacing_callbacks_due(&pacing, seen, false), 1600 * MS);
	pacing.answered = 1600 * MS;
	CHECK_INT(pacing_callbacks_due(&pacing, seen, false), 2600 * MS);
	pacing.under_way = false;
	CHECK_INT(pacing_callbacks_due(&pacing, seen, true), 2600 * MS);
}

TEST(unseen_windows_live_slowly)
{
	struct pacing pacing = {.answered = 500 * MS, .sent = 900 * MS, .under_way = true};
	CHECK_INT(pacing_callbacks_due(&pacing, unseen, true), 1500 * MS);
}

TEST(timers_are_rounded_to_what_they_can_do)
{
	CHECK(pacing_is_due(1000 * MS, 999 * MS));
	CHECK(!pacing_is_due(1000 * MS, 998 * MS));
	CHECK(!pacing_is_due(PACING_NEVER, INT64_MAX));
	CHECK_INT(pacing_wait_ms(1000 * MS, 900 * MS), 100);
	CHECK_INT(pacing_wait_ms(1000 * MS, 2000 * MS), 1);
	CHECK_INT(pacing_wait_ms(INT64_MAX - 1, 0), 2147483647);
}

TEST(refresh_rates_are_bounded)
{
	CHECK_INT(pacing_interval(50000), 20 * MS);
	CHECK_INT(pacing_interval(0), pacing_interval(60000));
	CHECK_INT(pacing_interval(1), 1000 * MS);
	CHECK_INT(pacing_interval(UINT32_MAX), 1 * MS);
}

TEST_MAIN()
