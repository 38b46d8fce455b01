// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_POPUP_AXIS_H
#define COMPOSITOR_GLUE_SHELL_POPUP_AXIS_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Where a popup goes in one direction, by the rules of xdg_positioner. Pure. Lengths are of one
 * unit, up to some millions of it.
 */

struct span {
	int32_t start, length;
};

struct popup_axis {
	struct span rect; // what it hangs on
	int32_t length, offset;
	int anchor, gravity; // -1 is towards the start, 1 towards the end, 0 the middle
	bool flip, slide, resize; // what may be done to keep it in its room
};

// As if there were room everywhere
struct span popup_axis_wish(const struct popup_axis *axis);
struct span popup_axis_fit(const struct popup_axis *axis, struct span room);

#endif
