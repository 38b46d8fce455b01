// SPDX-License-Identifier: MIT
#include "compositor-glue/audio/capture_phase.h"
#include "tests/harness/test.h"

TEST(a_microphone_is_agreed_upon_and_opened)
{
	static const enum capture_type said[] = {
		CAPTURE_HAS_VERSION, CAPTURE_INCOMING, CAPTURE_HAS_FORMATS};
	enum capture_phase phase = CAPTURE_ASKED_VERSION;
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
		CHECK(capture_phase_next(phase, said[i], &phase));
	}
	CHECK_INT(phase, CAPTURE_IDLE);
	phase = CAPTURE_STARTING;
	CHECK(capture_phase_next(phase, CAPTURE_FORMAT, &phase));
	CHECK(capture_phase_next(phase, CAPTURE_DATA, &phase));
	CHECK_INT(phase, CAPTURE_STARTING);
	CHECK(capture_phase_next(phase, CAPTURE_OPENED, &phase));
	CHECK(capture_phase_next(phase, CAPTURE_DATA, &phase));
	CHECK_INT(phase, CAPTURE_RECORDING);
}

TEST(nothing_is_heard_of_a_microphone_that_is_not_open)
{
	static const enum capture_phase phases[] = {CAPTURE_OFF, CAPTURE_OPENING,
		CAPTURE_ASKED_VERSION, CAPTURE_ASKED_FORMATS, CAPTURE_IDLE, CAPTURE_FAILED};
	enum capture_phase next;
	for (size_t i = 0; i < sizeof(phases) / sizeof(phases[0]); i++) {
		CHECK(!capture_phase_next(phases[i], CAPTURE_DATA, &next));
		CHECK(!capture_phase_next(phases[i], CAPTURE_OPENED, &next));
	}
}

TEST(nothing_may_be_said_twice)
{
	enum capture_phase next;
	CHECK(!capture_phase_next(CAPTURE_ASKED_FORMATS, CAPTURE_HAS_VERSION, &next));
	CHECK(!capture_phase_next(CAPTURE_IDLE, CAPTURE_HAS_FORMATS, &next));
	CHECK(!capture_phase_next(CAPTURE_RECORDING, CAPTURE_OPENED, &next));
	CHECK(!capture_phase_next(CAPTURE_RECORDING, CAPTURE_FORMAT, &next));
}

TEST_MAIN()
