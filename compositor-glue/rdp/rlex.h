// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_RLEX_H
#define COMPOSITOR_GLUE_RDP_RLEX_H

#include "compositor-glue/rdp/rect.h"
#include "compositor-glue/rdp/refine.h"

#include <stdbool.h>
#include <stddef.h>

struct bytes;

/*
 * RLEX, a lossless code for up to 127 colours, MS-RDPEGFX 2.2.4.1.1.3.1.1: a palette, then runs,
 * each followed by a suite of the colours after it in the palette. PURE.
 */

#define RLEX_COLOURS 127

/* False, with nothing written, when there are more colours or it takes more than `limit` bytes. */
bool rlex_encode(
	struct bytes *out, const struct image *image, const struct rect *rect, size_t limit);

#endif
