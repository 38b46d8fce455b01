// SPDX-License-Identifier: MIT
#include "compositor-glue/rdp/throttle.h"
#include "tests/harness/test.h"

static struct throttle_address address(uint8_t last)
{
	struct throttle_address result = {{0}};
	result.bytes[15] = last;
	return result;
}

TEST(two_mistakes_are_free_then_it_doubles)
{
	static struct throttle throttle;
	struct throttle_address one = address(1);
	static const int64_t delays[] = {0, 0, 1000, 2000, 4000, 8000, 16000, 30000, 30000};
	int64_t now = 5000;
	for (size_t i = 0; i < sizeof(delays) / sizeof(delays[0]); i++) {
		throttle_failed(&throttle, &one, now);
		CHECK_INT(throttle_wait(&throttle, &one, now), delays[i]);
		now += delays[i];
		CHECK_INT(throttle_wait(&throttle, &one, now), 0);
	}
}

TEST(others_are_not_held_up)
{
	static struct throttle throttle;
	struct throttle_address one = address(1), two = address(2);
	for (int i = 0; i < 5; i++) {
		throttle_failed(&throttle, &one, 0);
	}
	CHECK(throttle_wait(&throttle, &one, 1) > 0);
	CHECK_INT(throttle_wait(&throttle, &two, 1), 0);
}

TEST(a_logon_clears_and_time_forgets)
{
	static struct throttle throttle;
	struct throttle_address one = address(1);
	for (int i = 0; i < 5; i++) {
		throttle_failed(&throttle, &one, 0);
	}
	throttle_passed(&throttle, &one);
	CHECK_INT(throttle_wait(&throttle, &one, 1), 0);
	for (int i = 0; i < 5; i++) {
		throttle_failed(&throttle, &one, 0);
	}
	throttle_failed(&throttle, &one, THROTTLE_FORGET_MS + 1);
	CHECK_INT(throttle_wait(&throttle, &one, THROTTLE_FORGET_MS + 1), 0);
}

TEST(the_table_is_bounded)
{
	static struct throttle throttle;
	struct throttle_address banned = address(255);
	for (int i = 0; i < 8; i++) {
		throttle_failed(&throttle, &banned, 0);
	}
	for (int i = 0; i < 1000; i++) {
		struct throttle_address other = address((uint8_t)(i % 250));
		other.bytes[14] = (uint8_t)(i / 250);
		throttle_failed(&throttle, &other, 1);
	}
	CHECK_INT(throttle.count, THROTTLE_ADDRESSES);
	/* The one that guessed most is still there. */
	CHECK(throttle_wait(&throttle, &banned, 2) > 0);
}

TEST_MAIN()
