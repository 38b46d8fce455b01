// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_BEHIND_H
#define COMPOSITOR_GLUE_RDP_BEHIND_H

#include "compositor-glue/rdp/rect.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Where a client is behind: what changed and is not sent yet. PURE but for memory. Kept by bands of
 * rows, each from one column to another; taken in turn from the top to the bottom and round again,
 * so that no part of a window waits for ever while another one changes all the time.
 */

#define BEHIND_ROWS 16

struct span {
	int32_t left, right; // nothing when they are the same
};

struct behind {
	struct span *bands;
	int32_t count;
	int32_t next; // the band whose turn it is
	int32_t marked; // bands
	int32_t height; // rows in all
};

bool behind_init(struct behind *behind, int32_t height);
void behind_finish(struct behind *behind);

void behind_mark(struct behind *behind, const struct rect *rect);

/* How many pixels that are, about. */
int64_t behind_pixels(const struct behind *behind);

/* The first row of what comes next; -1 when there is nothing. */
int32_t behind_next(const struct behind *behind);

/*
 * Takes what comes next, about so many pixels but at least a band, and from there on to a multiple
 * of `step` rows, which is one of BEHIND_ROWS. False when there is nothing.
 */
bool behind_take(struct behind *behind, int64_t pixels, int32_t step, struct rect *rect);

#endif
