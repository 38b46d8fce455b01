// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_MOTION_H
#define COMPOSITOR_GLUE_RDP_MOTION_H

#include "compositor-glue/rdp/rect.h"
#include "compositor-glue/rdp/refine.h"

#include <stddef.h>
#include <stdint.h>

/*
 * Finds what moved up or down, or to a side, between two pictures: scrolled text, a panned page.
 * PURE.
 *
 * Rows (for sideways movement: columns) of a few narrow probes through the changed area are hashed
 * in both pictures; each that occurs once in the old one votes for a distance. The distance with
 * the most votes is then verified pixel by pixel, so a wrong guess costs time, never correctness.
 */

#define MOTION_MOVES 16
/* What moves less than this is sent anew. */
#define MOTION_PIXELS_MIN 2048

/* The client copies `from` by dx, dy; in the order given, each seeing what the one before left. */
struct move {
	struct rect from;
	int32_t dx, dy;
};

struct motion {
	struct move moves[MOTION_MOVES];
	size_t count;
};

void motion_find(struct motion *motion, const struct image *now, const struct image *before,
	const struct rect *area);

#endif
