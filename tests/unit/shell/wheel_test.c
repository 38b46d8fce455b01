// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/wheel.h"

#include <stdint.h>

#include "tests/harness/test.h"

TEST(a_detent_counts_at_once)
{
	struct wheel wheel = {0};
	CHECK_INT(wheel_turn(&wheel, 120), 1);
	CHECK_INT(wheel_turn(&wheel, -240), -2);
}

TEST(fine_steps_add_up)
{
	struct wheel wheel = {0};
	CHECK_INT(wheel_turn(&wheel, 50), 0);
	CHECK_INT(wheel_turn(&wheel, 50), 0);
	CHECK_INT(wheel_turn(&wheel, 50), 1);
	CHECK_INT(wheel_turn(&wheel, 89), 0);
	CHECK_INT(wheel_turn(&wheel, 1), 1);
}

TEST(turning_back_starts_anew)
{
	struct wheel wheel = {0};
	CHECK_INT(wheel_turn(&wheel, 110), 0);
	CHECK_INT(wheel_turn(&wheel, -110), 0);
	CHECK_INT(wheel_turn(&wheel, -10), -1);
}

TEST(steps_are_bounded)
{
	CHECK_INT(wheel_clamp(INT32_MAX), WHEEL_STEP_MAX);
	CHECK_INT(wheel_clamp(INT32_MIN), -WHEEL_STEP_MAX);
	CHECK_INT(wheel_clamp(-7), -7);
	CHECK_INT((int)wheel_distance(240), 20);
}

TEST_MAIN()
