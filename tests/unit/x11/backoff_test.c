// SPDX-License-Identifier: MIT
#include "compositor-glue/x11/backoff.h"
#include "tests/harness/test.h"

TEST(waits_twice_as_long_each_time)
{
	int64_t wait = 0, sum = 0;
	for (int i = 0; i < 20; i++) {
		int64_t next = backoff_next(wait, 0);
		CHECK(next == BACKOFF_LEAST_MS || next == 2 * wait || next == BACKOFF_MOST_MS);
		wait = next;
		sum += wait;
	}
	CHECK_INT(wait, BACKOFF_MOST_MS);
	CHECK(sum > 10 * BACKOFF_MOST_MS);
}

TEST(begins_anew_after_what_ran_for_long)
{
	CHECK_INT(backoff_next(BACKOFF_MOST_MS, BACKOFF_SOUND_MS), BACKOFF_LEAST_MS);
	CHECK_INT(backoff_next(BACKOFF_MOST_MS, BACKOFF_SOUND_MS - 1), BACKOFF_MOST_MS);
}

TEST_MAIN()
