// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_DIFFERENCE_H
#define COMPOSITOR_GLUE_SHELL_DIFFERENCE_H

#include <pixman.h>
#include <stdint.h>

/*
 * Where two pictures differ. Pure but for memory.
 *
 * Applications damage more than they change: whole windows, for a blinking cursor. Comparing reads
 * as much as copying reads and writes, and what is the same need not be looked at by anybody else.
 */

#define DIFFERENCE_COLUMNS 64 // a cell's pixels; what differs is told by cells
#define DIFFERENCE_ROWS 16
#define DIFFERENCE_RUNS_MAX                                                                        \
	256 // cells in a row that differ; after so many runs the rest counts as different

// Pixels of 32 bits
struct difference_side {
	const uint8_t *pixels;
	int stride; // bytes
};

// Leaves of the region, which lies in both, the cells with pixels that differ in the mask's bits
void difference_keep(pixman_region32_t *region, struct difference_side now,
	struct difference_side before, uint32_t mask);

#endif
