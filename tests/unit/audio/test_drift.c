// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/drift.h"
#include "tests/harness/test.h"

#define STEP 20

/* A client with this clock (ppm fast) and this latency at first, for so long. */
struct client {
	int64_t now;
	double latency;
	double clock_ppm;
};

static enum drift_advice run(struct drift *drift, struct client *client, int64_t duration)
{
	enum drift_advice last = DRIFT_NOTHING;
	for (int64_t end = client->now + duration; client->now < end; client->now += STEP) {
		client->latency += STEP * (drift->ppm - client->clock_ppm) / 1e6;
		enum drift_advice advice =
			drift_reading(drift, (int64_t)(client->latency + 0.5), client->now);
		if (advice == DRIFT_SKIP) {
			client->latency -= drift->excess;
		}
		last = advice != DRIFT_NOTHING ? advice : last;
	}
	return last;
}

TEST(a_steady_client_is_left_alone)
{
	struct drift drift;
	struct client client = {.latency = 80};
	drift_init(&drift);
	CHECK_INT(run(&drift, &client, 600000), DRIFT_NOTHING);
	CHECK_INT(drift_rate(&drift, 48000), 48000);
}

TEST(a_busy_second_is_no_clock)
{
	struct drift drift;
	struct client client = {.latency = 80};
	drift_init(&drift);
	run(&drift, &client, 15000);
	client.latency = 120;
	CHECK_INT(run(&drift, &client, 1500), DRIFT_NOTHING);
	client.latency = 50;
	CHECK_INT(run(&drift, &client, 1500), DRIFT_NOTHING);
	client.latency = 80;
	CHECK_INT(run(&drift, &client, 600000), DRIFT_NOTHING);
}

TEST(a_slow_clock_is_followed)
{
	struct drift drift;
	struct client client = {.latency = 80, .clock_ppm = -150};
	drift_init(&drift);
	run(&drift, &client, 1800000);
	CHECK(client.latency < 80 + DRIFT_SLACK_MS + 5);
	CHECK(drift.ppm >= -210 && drift.ppm <= -90);
	CHECK(drift_rate(&drift, 48000) < 48000);
}

TEST(a_fast_clock_is_followed)
{
	struct drift drift;
	struct client client = {.latency = 80, .clock_ppm = 150};
	drift_init(&drift);
	run(&drift, &client, 1800000);
	CHECK(client.latency > 70);
	CHECK(drift.ppm >= 90 && drift.ppm <= 210);
}

TEST(what_piled_up_a_little_is_resampled_away)
{
	struct drift drift;
	struct client client = {.latency = 80};
	drift_init(&drift);
	run(&drift, &client, 15000);
	client.latency = 140;
	run(&drift, &client, 300000);
	CHECK(client.latency < 80 + DRIFT_SLACK_MS + 3);
	CHECK(drift.ppm >= -DRIFT_PPM_LIMIT);
}

TEST(what_piled_up_at_once_is_left_out)
{
	struct drift drift;
	struct client client = {.latency = 80};
	drift_init(&drift);
	run(&drift, &client, 15000);
	client.latency = 300;
	CHECK_INT(run(&drift, &client, 2000), DRIFT_SKIP);
	CHECK(client.latency < 90);
}

TEST(a_device_that_needs_longer_is_learnt)
{
	struct drift drift;
	int64_t now = 0;
	unsigned skips = 0;
	drift_init(&drift);
	for (; now < 60000; now += STEP) {
		int64_t latency = now < 20000 ? 80 : 280;
		skips += drift_reading(&drift, latency, now) == DRIFT_SKIP;
	}
	CHECK_INT(skips, 1);
	CHECK_INT(drift.ppm, 0);
}

TEST(the_first_readings_do_not_count)
{
	struct drift drift;
	struct client client = {.latency = 0};
	drift_init(&drift);
	run(&drift, &client, 2000);
	client.latency = 200;
	CHECK_INT(run(&drift, &client, 60000), DRIFT_NOTHING);
}

TEST_MAIN()
