// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/volume.h"
#include "tests/harness/test.h"

#include <math.h>

TEST(sliders_are_the_same_on_both_sides)
{
	const struct volume volume = {VOLUME_FULL / 2, VOLUME_FULL / 4, false};
	CHECK_INT(volume_to_client(&volume), 0x40008000);
	struct volume back = volume_from_client(0x40008000);
	CHECK_INT(back.left, volume.left);
	CHECK_INT(back.right, volume.right);
}

TEST(full_is_full_and_no_more)
{
	const struct volume full = {VOLUME_FULL, VOLUME_FULL, false};
	const struct volume more = {2 * VOLUME_FULL, 2 * VOLUME_FULL, false};
	CHECK_INT(volume_to_client(&full), UINT32_MAX);
	CHECK_INT(volume_to_client(&more), UINT32_MAX);
	CHECK_INT(volume_from_client(UINT32_MAX).left, VOLUME_FULL);
	CHECK(volume_compensation(&more).left == 1);
}

TEST(muted_is_silent_there_too)
{
	const struct volume volume = {VOLUME_FULL, VOLUME_FULL, true};
	CHECK_INT(volume_to_client(&volume), 0);
}

TEST(what_was_scaled_comes_back)
{
	const struct volume volume = {VOLUME_FULL / 2, VOLUME_FULL, false};
	struct volume_gain gain = volume_compensation(&volume);
	/* The sound server's slider is cubic: half of it is an eighth. */
	const float scaled[] = {0.5f / 8, 0.25f};
	int16_t samples[2];
	volume_apply(&gain, scaled, samples, 1);
	CHECK_INT(samples[0], 16384);
	CHECK_INT(samples[1], 8192);
	const struct volume nothing = {0, 0, false};
	CHECK(volume_compensation(&nothing).left == 0);
}

TEST(samples_stay_in_bounds)
{
	const struct volume_gain gain = {1, 1};
	const float wild[] = {2, -2, INFINITY, -INFINITY, NAN, -0.0f};
	int16_t samples[6];
	volume_apply(&gain, wild, samples, 3);
	CHECK_INT(samples[0], 32767);
	CHECK_INT(samples[1], -32768);
	CHECK_INT(samples[2], 32767);
	CHECK_INT(samples[3], -32768);
	CHECK_INT(samples[4], 0);
	CHECK_INT(samples[5], 0);
}

TEST_MAIN()
