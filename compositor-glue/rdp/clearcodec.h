// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_CLEARCODEC_H
#define COMPOSITOR_GLUE_RDP_CLEARCODEC_H

#include "compositor-glue/rdp/bytes.h"
#include "compositor-glue/rdp/rect.h"
#include "compositor-glue/rdp/refine.h"
#include "compositor-glue/rdp/vbar_cache.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * An encoder for ClearCodec, MS-RDPEGFX 2.2.4.1: lossless, made for text and controls. PURE but for
 * memory. One for a connection, since both sides number the bitmaps and remember columns.
 *
 * A picture is cut into tiles between rows that hold nothing but the background, which is how lines
 * of text come apart. The background is the residual layer; a tile becomes a band of columns, most
 * of which the client has from the same letters before, or RLEX, or what it is.
 */

#define CLEARCODEC_TILE_WIDTH 256
#define CLEARCODEC_TILE_HEIGHT 52 /* the highest a band may be */

struct clearcodec {
	uint8_t sequence;
	bool forget; /* the client is to empty its caches with the next bitmap */
	struct vbar_cache bars, short_bars;
	struct vbar_key secret;
	struct bytes residual, bands, subcodecs;
};

bool clearcodec_init(struct clearcodec *codec, struct vbar_key secret);
void clearcodec_finish(struct clearcodec *codec);

/* The client starts afresh. */
void clearcodec_reset(struct clearcodec *codec);

/* One bitmap with the rectangle's pixels. */
void clearcodec_encode(struct clearcodec *codec, struct bytes *out, const struct image *image,
	const struct rect *rect);

#endif
