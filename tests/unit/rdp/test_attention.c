// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/attention.h"

#include "tests/harness/test.h"

static struct attention settled(void)
{
	struct attention attention;
	attention_begin(&attention, 0);
	return attention;
}

TEST(a_report_without_news_is_the_focus)
{
	struct attention attention = settled();
	CHECK(attention_reported(&attention, false, 5000));
	CHECK(!attention_reported(&attention, false, 5010)); // its echo
	CHECK(attention_reported(&attention, false, 5200));
}

TEST(a_move_is_a_move)
{
	struct attention attention = settled();
	CHECK(!attention_reported(&attention, true, 5000));
	CHECK(!attention_reported(&attention, false, 5100));
	CHECK(attention_reported(&attention, false, 5300));
}

TEST(a_new_window_comes_up_by_itself)
{
	struct attention attention = settled();
	CHECK(!attention_reported(&attention, false, 200));
	CHECK(!attention_reported(&attention, false, 1900));
	CHECK(attention_reported(&attention, false, 2100));
}

TEST(what_it_was_told_comes_back)
{
	struct attention attention = settled();
	attention_told(&attention, 5000);
	CHECK(!attention_reported(&attention, false, 5900));
	CHECK(!attention_reported(&attention, false, 5950));
	CHECK(attention_reported(&attention, false, 6200));
}

TEST(what_was_never_reported_is_not_awaited_for_ever)
{
	struct attention attention = settled();
	attention_told(&attention, 5000);
	CHECK(attention_reported(&attention, false, 8000));
}

TEST_MAIN()
