// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_WHEEL_H
#define COMPOSITOR_GLUE_SHELL_WHEEL_H

#include <stdint.h>

/* Fine wheel steps, and the whole detents that applications of old count. Pure. */

#define WHEEL_DETENT 120
#define WHEEL_STEP_MAX (100 * WHEEL_DETENT)

struct wheel {
	int32_t rest; // 120ths of a detent that were not counted yet
};

// Returns the detents that this step completes, with its sign
int32_t wheel_turn(struct wheel *wheel, int32_t value120);
// What a pointer would have moved: Weston's 10 a detent
double wheel_distance(int32_t value120);
int32_t wheel_clamp(int32_t value120);

#endif
