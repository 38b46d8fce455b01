// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_ENCODER_H
#define COMPOSITOR_GLUE_RDP_ENCODER_H

#include "compositor-glue/rdp/rect.h"

#include <freerdp/codec/progressive.h>
#include <freerdp/server/rdpgfx.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buffer;

/* Up to this many pixels a rectangle is sent as it is: cheaper than a codec's tile, and exact. */
#define ENCODER_RAW_PIXELS (64 * 64)

/* Turns the compositor's pixels into surface commands, straight from the shared memory. */
struct encoder {
	PROGRESSIVE_CONTEXT *progressive;
	uint8_t raw[ENCODER_RAW_PIXELS * 4];
};

bool encoder_init(struct encoder *encoder);
void encoder_finish(struct encoder *encoder);

/* Sends those rectangles of the buffer, which are clipped to it; with their alpha if it counts. */
bool encoder_send(struct encoder *encoder, RdpgfxServerContext *gfx, uint16_t surface,
	const struct buffer *buffer, bool alpha, const struct rect *rects, size_t count);

#endif
