// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/pacer.h"
#include "tests/harness/test.h"

TEST(two_frames_in_flight)
{
	struct pacer pacer;
	pacer_init(&pacer);
	CHECK(pacer_may_send(&pacer));
	CHECK_INT(pacer_send(&pacer), 1);
	CHECK(pacer_may_send(&pacer));
	CHECK_INT(pacer_send(&pacer), 2);
	CHECK(!pacer_may_send(&pacer));
	CHECK(pacer_acknowledge(&pacer, 1, false));
	CHECK(pacer_may_send(&pacer));
}

TEST(acknowledging_the_newest_covers_the_older)
{
	struct pacer pacer;
	pacer_init(&pacer);
	pacer_send(&pacer);
	pacer_send(&pacer);
	CHECK(pacer_acknowledge(&pacer, 2, false));
	CHECK(!pacer_acknowledge(&pacer, 1, false));
	pacer_send(&pacer);
	CHECK(pacer_may_send(&pacer));
}

TEST(frames_never_sent_are_ignored)
{
	struct pacer pacer;
	pacer_init(&pacer);
	CHECK(!pacer_acknowledge(&pacer, 7, false));
	pacer_send(&pacer);
	pacer_send(&pacer);
	CHECK(!pacer_acknowledge(&pacer, 3, false));
	CHECK(!pacer_acknowledge(&pacer, 0, false));
	CHECK(!pacer_may_send(&pacer));
}

TEST(suspended_acknowledgements_do_not_stop_frames)
{
	struct pacer pacer;
	pacer_init(&pacer);
	pacer_send(&pacer);
	pacer_send(&pacer);
	CHECK(pacer_acknowledge(&pacer, 1, true));
	for (int i = 0; i < 10; i++) {
		CHECK(pacer_may_send(&pacer));
		pacer_send(&pacer);
	}
	/* An ordinary one ends it. */
	pacer_acknowledge(&pacer, 12, false);
	pacer_send(&pacer);
	pacer_send(&pacer);
	CHECK(!pacer_may_send(&pacer));
}

TEST(ids_wrap)
{
	struct pacer pacer = {.sent = UINT32_MAX, .acknowledged = UINT32_MAX};
	CHECK_INT(pacer_send(&pacer), 0);
	CHECK_INT(pacer_send(&pacer), 1);
	CHECK(!pacer_may_send(&pacer));
	CHECK(pacer_acknowledge(&pacer, 0, false));
	CHECK(pacer_acknowledge(&pacer, 1, false));
}

TEST_MAIN()
