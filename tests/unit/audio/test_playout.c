// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/playout.h"
#include "tests/harness/test.h"

#define WAVE 20

static uint32_t send_while_admitted(struct playout *playout, int64_t now)
{
	uint32_t sent = 0;
	while (sent < 100 && playout_admit(playout, WAVE)) {
		playout_sent(playout, WAVE, now);
		sent++;
	}
	return sent;
}

TEST(what_is_under_way_is_bounded)
{
	struct playout playout;
	playout_init(&playout);
	CHECK_INT(send_while_admitted(&playout, 0), PLAYOUT_LIMIT_MS / WAVE);
	CHECK_INT(playout.under_way, 140);
	CHECK_INT(playout.dropped, WAVE);
}

TEST(after_too_much_it_waits_for_the_target)
{
	struct playout playout;
	playout_init(&playout);
	send_while_admitted(&playout, 0);
	CHECK_INT(playout_confirmed(&playout, 1, 0, 0), PLAYOUT_GOOD);
	CHECK_INT(playout.under_way, 100);
	CHECK(!playout_admit(&playout, WAVE));
	CHECK_INT(playout_confirmed(&playout, 4, 0, 0), PLAYOUT_GOOD);
	CHECK_INT(playout.under_way, 40);
	CHECK(playout_admit(&playout, WAVE));
}

TEST(a_far_client_has_as_much_more_under_way_as_the_network_holds)
{
	struct playout playout;
	playout_init(&playout);
	uint8_t block = playout_sent(&playout, WAVE, 0);
	CHECK_INT(playout_confirmed(&playout, block, 0, 200), PLAYOUT_GOOD);
	CHECK_INT(send_while_admitted(&playout, 200), (PLAYOUT_LIMIT_MS + 200) / WAVE);
}

TEST(the_network_may_become_slower_but_not_at_once)
{
	struct playout playout;
	playout_init(&playout);
	int64_t now = 0;
	CHECK_INT(playout_confirmed(&playout, playout_sent(&playout, WAVE, now), 0, now + 5),
		PLAYOUT_GOOD);
	for (now = 100; now <= 3 * PLAYOUT_TRIP_WINDOW_MS; now += 100) {
		uint8_t block = playout_sent(&playout, WAVE, now);
		CHECK_INT(playout_confirmed(&playout, block, 0, now + 80), PLAYOUT_GOOD);
		if (now < PLAYOUT_TRIP_WINDOW_MS / 2) {
			CHECK_INT(playout.trip, 5);
		}
	}
	CHECK_INT(playout.trip, 80);
	CHECK_INT(playout.last_trip, 80);
}

TEST(latency_is_what_the_client_adds_or_what_it_took)
{
	struct playout playout;
	playout_init(&playout);
	uint8_t block = playout_sent(&playout, WAVE, 1000);
	CHECK_INT(playout_timestamp(&playout, block), 1000);
	CHECK_INT(playout_confirmed(&playout, block, 0, 1002), PLAYOUT_GOOD);
	CHECK_INT(playout_confirmed(&playout, block, 90, 1003), PLAYOUT_GOOD);
	CHECK_INT(playout.latency, 90);
	/* It confirms twice: what the first one says is the network alone. */
	block = playout_sent(&playout, WAVE, 1020);
	CHECK_INT(playout_confirmed(&playout, block, 0, 1022), PLAYOUT_GOOD);
	CHECK_INT(playout.latency, 90);
	CHECK_INT(playout_confirmed(&playout, block, 7, 1050), PLAYOUT_GOOD);
	CHECK_INT(playout.latency, 30);
	block = playout_sent(&playout, WAVE, 1040);
	CHECK_INT(playout_confirmed(&playout, block, 0xF000, 1041), PLAYOUT_GOOD);
	CHECK_INT(playout.latency, 30);
}

TEST(confirmations_of_nothing_are_borne_for_a_while)
{
	struct playout playout;
	playout_init(&playout);
	for (int i = 0; i < PLAYOUT_STRAY_LIMIT; i++) {
		CHECK_INT(playout_confirmed(&playout, (uint8_t)(i * 7), 0, 0), PLAYOUT_STRAY);
	}
	CHECK_INT(playout_confirmed(&playout, 3, 0, 0), PLAYOUT_BROKEN);
	CHECK_INT(playout.latency, -1);
}

TEST(numbers_wrap)
{
	struct playout playout;
	playout_init(&playout);
	for (int i = 0; i < 1000; i++) {
		uint8_t block = playout_sent(&playout, WAVE, i * WAVE);
		CHECK_INT(block, i % PLAYOUT_BLOCKS);
		if (i % 3 == 2) {
			CHECK_INT(
				playout_confirmed(&playout, block, 0, i * WAVE + 1), PLAYOUT_GOOD);
			CHECK_INT(playout.under_way, 0);
		}
	}
	/* A whole round without any confirmation: each wave counts once. */
	for (int i = 0; i < 2 * PLAYOUT_BLOCKS; i++) {
		playout_sent(&playout, WAVE, 0);
	}
	CHECK_INT(playout.under_way, PLAYOUT_BLOCKS * WAVE);
}

TEST(a_client_that_never_confirms_is_found_out)
{
	struct playout playout;
	playout_init(&playout);
	CHECK(!playout_deaf(&playout, 1 << 20));
	uint8_t block = playout_sent(&playout, WAVE, 0);
	CHECK(!playout_deaf(&playout, PLAYOUT_SILENT_MS - 1));
	CHECK(playout_deaf(&playout, PLAYOUT_SILENT_MS));
	CHECK_INT(playout_confirmed(&playout, block, 0, 9000), PLAYOUT_GOOD);
	CHECK(!playout_deaf(&playout, 1 << 20));
}

TEST_MAIN()
