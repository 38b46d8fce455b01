// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_PROGRESSIVE_H
#define COMPOSITOR_GLUE_RDP_PROGRESSIVE_H

#include "compositor-glue/rdp/bytes.h"
#include "compositor-glue/rdp/rect.h"
#include "compositor-glue/rdp/refine.h"

#include <freerdp/codec/progressive.h>
#include <stdbool.h>
#include <stdint.h>

/*
 * RemoteFX progressive (MS-RDPEGFX 2.2.4.2), which FreeRDP encodes: for what changes so quickly
 * that nobody sees what it leaves out.
 */
struct progressive {
	PROGRESSIVE_CONTEXT *context; // NULL until there is something to encode
};

void progressive_finish(struct progressive *progressive);

/*
 * Adds a command that shows the rectangle of the surface's picture, roughly. For struct
 * encoder.lossy; false when there is no memory, and nothing was added.
 */
bool progressive_encode(void *data, uint16_t surface, const struct image *image,
	const struct rect *rect, struct bytes *out);

#endif
