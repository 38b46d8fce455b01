// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_PROGRESSIVE_H
#define COMPOSITOR_GLUE_RDP_PROGRESSIVE_H

#include "compositor-glue/rdp/bytes.h"
#include "compositor-glue/rdp/rect.h"
#include "compositor-glue/rdp/refine.h"
#include "compositor-glue/rdp/remotefx.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * RemoteFX progressive (MS-RDPEGFX 2.2.4.2), all of a tile at once: for what changes so quickly
 * that nobody sees what it leaves out. PURE but for memory.
 */
struct progressive {
	struct remotefx_tile *tile; // NULL until there is something to encode
	struct bytes message;
	uint32_t frame;
};

void progressive_finish(struct progressive *progressive);

/*
 * Adds a command that shows the rectangle of the surface's picture, which lies in it, roughly: each
 * tile as finely as takes about so many bytes. For struct encoder.lossy; false when it cannot, and
 * nothing was added.
 */
bool progressive_encode(void *data, uint16_t surface, const struct image *image,
	const struct rect *rect, size_t tile_bytes, struct bytes *out);

#endif
