// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/pacer.h"
#include "tests/harness/any.h"
#include "tests/harness/test.h"

TEST(two_frames_in_flight)
{
	struct pacer pacer;
	pacer_init(&pacer);
	CHECK(pacer_may_send(&pacer));
	CHECK_INT(pacer_send(&pacer, 0), 1);
	CHECK(pacer_may_send(&pacer));
	CHECK_INT(pacer_send(&pacer, 0), 2);
	CHECK(!pacer_may_send(&pacer));
	CHECK(pacer_acknowledge(&pacer, 1, false, 5));
	CHECK(pacer_may_send(&pacer));
}

TEST(acknowledging_the_newest_covers_the_older)
{
	struct pacer pacer;
	pacer_init(&pacer);
	pacer_send(&pacer, 0);
	pacer_send(&pacer, 0);
	CHECK(pacer_acknowledge(&pacer, 2, false, 5));
	CHECK(!pacer_acknowledge(&pacer, 1, false, 5));
	pacer_send(&pacer, 0);
	CHECK(pacer_may_send(&pacer));
}

TEST(frames_never_sent_are_ignored)
{
	struct pacer pacer;
	pacer_init(&pacer);
	CHECK(!pacer_acknowledge(&pacer, 7, false, 5));
	pacer_send(&pacer, 0);
	pacer_send(&pacer, 0);
	CHECK(!pacer_acknowledge(&pacer, 3, false, 5));
	CHECK(!pacer_acknowledge(&pacer, 0, false, 5));
	CHECK(!pacer_may_send(&pacer));
}

TEST(suspended_acknowledgements_do_not_stop_frames)
{
	struct pacer pacer;
	pacer_init(&pacer);
	pacer_send(&pacer, 0);
	pacer_send(&pacer, 0);
	CHECK(pacer_acknowledge(&pacer, 1, true, 5));
	for (int i = 0; i < 10; i++) {
		CHECK(pacer_may_send(&pacer));
		pacer_send(&pacer, 0);
	}
	/* An ordinary one ends it. */
	pacer_acknowledge(&pacer, 12, false, 5);
	pacer_send(&pacer, 0);
	pacer_send(&pacer, 0);
	CHECK(!pacer_may_send(&pacer));
}

TEST(ids_wrap)
{
	struct pacer pacer = {
		.sent = UINT32_MAX, .acknowledged = UINT32_MAX, .rate = PACER_RATE_START};
	CHECK_INT(pacer_send(&pacer, 0), 0);
	CHECK_INT(pacer_send(&pacer, 0), 1);
	CHECK(!pacer_may_send(&pacer));
	CHECK(pacer_acknowledge(&pacer, 0, false, 5));
	CHECK(pacer_acknowledge(&pacer, 1, false, 5));
}

/* A link of that rate and way, kept busy for so many frames. */
static int64_t use_link(struct pacer *pacer, int64_t now, int64_t rate, int64_t way, int frames)
{
	int64_t drained = now;
	for (int i = 0; i < frames; i++) {
		size_t bytes = pacer_budget(pacer);
		uint32_t id = pacer_send(pacer, now);
		pacer_add_bytes(pacer, bytes);
		drained = (drained > now ? drained : now) + (int64_t)bytes * 1000 / rate;
		pacer_acknowledge(pacer, id, false, drained + way);
		now = drained + way;
	}
	return now;
}

static void small_frame(struct pacer *pacer, int64_t now, int64_t way)
{
	uint32_t id = pacer_send(pacer, now);
	pacer_add_bytes(pacer, 100);
	pacer_acknowledge(pacer, id, false, now + way);
}

TEST(a_slow_link_gets_small_frames)
{
	struct pacer pacer;
	pacer_init(&pacer);
	small_frame(&pacer, 0, 80);
	int64_t now = use_link(&pacer, 1000, 250000, 80, 40);
	CHECK(pacer.rate > 150000 && pacer.rate < 400000);
	CHECK(pacer_budget(&pacer) < 25000);
	/* And large ones again when it is fast. */
	use_link(&pacer, now, 50000000, 1, 60);
	CHECK(pacer_budget(&pacer) > 1000000);
}

TEST(a_long_way_holds_more_frames)
{
	struct pacer pacer;
	pacer_init(&pacer);
	small_frame(&pacer, 0, 80);
	for (int i = 0; i < 5; i++) {
		CHECK(pacer_may_send(&pacer));
		pacer_send(&pacer, 1000);
		pacer_add_bytes(&pacer, 100);
	}
	/* But not when they are large. */
	pacer_add_bytes(&pacer, 10000000);
	CHECK(!pacer_may_send(&pacer));
}

TEST(what_was_acknowledged_has_arrived)
{
	struct pacer pacer;
	pacer_init(&pacer);
	pacer.sent = pacer.acknowledged = UINT32_MAX - 1;
	uint32_t next = pacer_next(&pacer);
	CHECK(!pacer_has_arrived(&pacer, next));
	pacer_send(&pacer, 10);
	pacer_send(&pacer, 20);
	CHECK(!pacer_has_arrived(&pacer, next));
	/* The numbers begin anew meanwhile. */
	CHECK(pacer_acknowledge(&pacer, 0, false, 30));
	CHECK(pacer_has_arrived(&pacer, next));
	CHECK(pacer_has_arrived(&pacer, 0));
	CHECK(!pacer_has_arrived(&pacer, pacer_next(&pacer)));
}

TEST(whatever_is_acknowledged_the_window_is_bounded)
{
	struct pacer pacer;
	uint32_t seed = 1;
	pacer_init(&pacer);
	for (int64_t now = 0; now < 20000; now++) {
		any_next(&seed);
		if (pacer_may_send(&pacer)) {
			pacer_send(&pacer, now);
			pacer_add_bytes(&pacer, seed >> 12);
		}
		pacer_acknowledge(&pacer, seed >> 20 & 15, false, now);
		CHECK(pacer.sent - pacer.acknowledged <= PACER_FRAMES_MAX);
		CHECK(pacer_budget(&pacer) > 0);
	}
}

/* Acknowledgements that were held up on their way come together. */
TEST(a_pair_of_acknowledgements_is_no_fast_link)
{
	struct pacer pacer;
	pacer_init(&pacer);
	small_frame(&pacer, 0, 80);
	int64_t now = use_link(&pacer, 1000, 250000, 80, 40) + 1000;
	for (int i = 0; i < 40; i++) {
		pacer_send(&pacer, now);
		pacer_add_bytes(&pacer, 6250);
		pacer_send(&pacer, now);
		pacer_add_bytes(&pacer, 6250);
		now += 130;
		pacer_acknowledge(&pacer, pacer.sent - 1, false, now);
		pacer_acknowledge(&pacer, pacer.sent, false, now);
		CHECK(pacer.rate < 750000);
		CHECK(pacer_patience(&pacer) > 0);
	}
}

/* A client that was busy at first; then frames go out one by one. */
TEST(a_round_trip_that_looked_long_is_no_fast_link)
{
	struct pacer pacer;
	pacer_init(&pacer);
	small_frame(&pacer, 0, 200);
	int64_t now = 1000;
	for (int i = 0; i < 40; i++) {
		pacer_send(&pacer, now);
		pacer_add_bytes(&pacer, 31250);
		pacer_acknowledge(&pacer, pacer.sent, false, now + 45);
		CHECK(pacer.rate < 4500000);
		now += 100;
	}
}

/* Fifteen frames a second on a way of 80 ms: some are always under way, and the link is idle. */
TEST(an_application_that_draws_little_is_no_slow_link)
{
	struct pacer pacer;
	pacer_init(&pacer);
	small_frame(&pacer, 0, 80);
	int64_t now = use_link(&pacer, 1000, 20000000, 80, 60);
	int64_t rate = pacer.rate;
	CHECK(rate > 5000000);
	uint32_t before = pacer_send(&pacer, now);
	pacer_add_bytes(&pacer, 30000);
	for (int i = 0; i < 100; i++) {
		uint32_t next = pacer_send(&pacer, now + 66);
		pacer_add_bytes(&pacer, 30000);
		pacer_acknowledge(&pacer, before, false, now + 82);
		before = next;
		now += 66;
	}
	CHECK(pacer.rate >= rate);
}

TEST(patience_is_for_links_that_are_known_to_be_slow)
{
	struct pacer pacer;
	pacer_init(&pacer);
	CHECK_INT(pacer_patience(&pacer), 0);
	small_frame(&pacer, 0, 20);
	int64_t now = use_link(&pacer, 1000, 1250000, 20, 40);
	CHECK(pacer_patience(&pacer) > 80000 && pacer_patience(&pacer) < 200000);
	/* What is too small for a sample says nothing. */
	small_frame(&pacer, now, 80);
	CHECK(pacer_patience(&pacer) > 0);
	use_link(&pacer, now + 1000, 50000000, 1, 60);
	CHECK(pacer_patience(&pacer) == 0 || pacer_patience(&pacer) > 1000000);
}

TEST_MAIN()
