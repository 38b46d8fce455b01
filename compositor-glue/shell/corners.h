// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_SHELL_CORNERS_H
#define COMPOSITOR_GLUE_SHELL_CORNERS_H

#include <stdint.h>

/* The corners of a picture of premultiplied ARGB8888. PURE. */

#define CORNER_SIZE 4 // what a corner of Weston's frames takes, whose radius is 3

/* Gives pixels of the four corners through which something shows the colour that is beside the
 * corner in their row. stride is in pixels. */
void corners_square(uint32_t *pixels, int32_t width, int32_t height, int32_t stride);

#endif
