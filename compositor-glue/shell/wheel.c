// SPDX-License-Identifier: MIT
#include "compositor-glue/shell/wheel.h"

#define DISTANCE_PER_DETENT 10.0

int32_t wheel_clamp(int32_t value120)
{
	if (value120 > WHEEL_STEP_MAX) {
		return WHEEL_STEP_MAX;
	}
	return value120 < -WHEEL_STEP_MAX ? -WHEEL_STEP_MAX : value120;
}

int32_t wheel_turn(struct wheel *wheel, int32_t value120)
{
	// Turning back starts a new detent
	if ((wheel->rest > 0 && value120 < 0) || (wheel->rest < 0 && value120 > 0)) {
		wheel->rest = 0;
	}
	wheel->rest += value120;
	int32_t detents = wheel->rest / WHEEL_DETENT;
	wheel->rest %= WHEEL_DETENT;
	return detents;
}

double wheel_distance(int32_t value120)
{
	return value120 * DISTANCE_PER_DETENT / WHEEL_DETENT;
}
