// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_PLACEMENT_H
#define COMPOSITOR_GLUE_SHELL_PLACEMENT_H

#include "compositor-glue/shell/monitors.h"

/* Where windows go. Pure. */

#define PLACEMENT_STEP 32 // from one window to the next in a cascade
#define PLACEMENT_REACH 64 // this much of a window stays where it can be grabbed

// The position of the nth new window of this size
struct rect placement_cascade(struct rect work_area, int32_t width, int32_t height, uint32_t nth);
// A dialog over its parent
struct rect placement_centre(
	struct rect parent, struct rect work_area, int32_t width, int32_t height);
// Moves a window whose top edge nobody could grab any more
struct rect placement_reachable(const struct monitors *monitors, struct rect window);

#endif
