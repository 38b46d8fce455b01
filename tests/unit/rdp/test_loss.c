// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/loss.h"

#include "tests/harness/test.h"

TEST(nothing_is_lost_at_first)
{
	struct loss loss = {0};
	CHECK(loss_due(&loss) == LOSS_NEVER);
	CHECK(!loss_take(&loss, 1000000));
}

TEST(a_window_that_appears_is_shown_again_soon_and_more_than_once)
{
	struct loss loss;
	loss_expect(&loss, LOSS_APPEARS, 1000);
	int64_t first = loss_due(&loss);
	CHECK(first > 1000 && first < 1050);
	CHECK(!loss_take(&loss, first - 1));
	CHECK(loss_take(&loss, first));
	CHECK(!loss_take(&loss, first));
	CHECK(loss_due(&loss) > first && loss_due(&loss) < 1200);
}

TEST(all_that_was_missed_is_shown_once)
{
	struct loss loss;
	loss_expect(&loss, LOSS_APPEARS, 1000);
	CHECK(loss_take(&loss, 2000));
	CHECK(!loss_take(&loss, 2000));
	CHECK(loss_due(&loss) == LOSS_NEVER);
}

TEST(a_report_is_the_last_word)
{
	struct loss loss;
	loss_expect(&loss, LOSS_CHANGES, 1000);
	CHECK(loss_take(&loss, loss_due(&loss)));
	loss_expect(&loss, LOSS_CHANGED, 1500);
	int64_t last = loss_due(&loss);
	CHECK(last > 1500 && last < 2000);
	CHECK(loss_take(&loss, last));
	CHECK(loss_due(&loss) == LOSS_NEVER);
}

TEST_MAIN()
