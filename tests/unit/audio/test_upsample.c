// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/upsample.h"
#include "tests/harness/test.h"

TEST(between_the_frames_is_silence)
{
	const int16_t samples[] = {16384, -16384, 0, 8192};
	const float wanted[] = {1, -1, 0, 0, 0, 0.5f, 0, 0};
	float out[8] = {9, 9, 9, 9, 9, 9, 9, 9};
	upsample(samples, 2, 2, 2, out);
	for (size_t i = 0; i < 8; i++) {
		CHECK(out[i] == wanted[i]);
	}
}

TEST(the_mean_is_what_it_was)
{
	const int16_t samples[] = {-32768, 1000};
	float out[8];
	float sum = 0;
	upsample(samples, 2, 1, 4, out);
	for (size_t i = 0; i < 8; i++) {
		sum += out[i];
	}
	CHECK(sum / 8 * 32768 == (-32768 + 1000) / 2.0f);
}

TEST_MAIN()
