// SPDX-License-Identifier: MIT
#ifndef COMPOSITOR_GLUE_RDP_ENCODER_H
#define COMPOSITOR_GLUE_RDP_ENCODER_H

#include "compositor-glue/rdp/bytes.h"
#include "compositor-glue/rdp/clearcodec.h"
#include "compositor-glue/rdp/motion.h"
#include "compositor-glue/rdp/rect.h"
#include "compositor-glue/rdp/refine.h"
#include "compositor-glue/rdp/surface.h"
#include "compositor-glue/rdp/tally.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Turns a window's pixels into the fewest commands that give the client the same ones. PURE but for
 * memory.
 *
 * For each surface there is a copy of what the client has. Damage is cut down to what differs from
 * it; what only moved is copied by the client itself; one colour is a fill; the rest goes through
 * ClearCodec. Photographs and noise that change all the time are sent roughly, and as they are once
 * still; so are photographs that come once, where the link is too slow for them.
 * How opaque pixels are is sent only where they are not, or were not.
 */

/* Rows of one colour with so many pixels are worth a command of their own. */
#define ENCODER_FILL_PIXELS 1024
/* A change that is smaller is not searched for movement. */
#define ENCODER_MOTION_PIXELS (64 * 64)
/* At most so many pixels are encoded before another look at the budget. */
#define ENCODER_CHUNK_PIXELS (1024 * 1024)
/* A change that is smaller goes before what earlier frames had no room for. */
#define ENCODER_SMALL_PIXELS (16 * 1024)

/* A smaller change is sent as it is, video or not. */
#define ENCODER_LOSSY_PIXELS (64 * 64)
/* So many pixels of video take a byte, until there was some. */
#define ENCODER_LOSSY_GAIN 6
#define ENCODER_LOSSY_GAIN_MAX 64
/* 64 by 64 pixels of it get so many at most, about: two bits each, which noise makes use of. */
#define ENCODER_TILE_BYTES 1024
/* Video is encoded by tiles of so many rows: what begins or ends within costs a whole one. */
#define ENCODER_LOSSY_ROWS 64

/*
 * Shows the rectangle of the surface's picture roughly, with about so many bytes for 64 by 64
 * pixels; false when it cannot.
 */
typedef bool (*encoder_lossy_fn)(void *data, uint16_t surface, const struct image *image,
	const struct rect *rect, size_t tile_bytes, struct bytes *out);

struct encoder {
	struct clearcodec clear;
	struct refined refined;
	struct motion motion;
	encoder_lossy_fn lossy; // NULL: everything is sent as it is
	void *lossy_data;
	int64_t gain; // pixels for a byte, when something was sent roughly last; 0 before that
	int64_t now; /* set before each update: milliseconds of any clock that does not jump */
	/* The same: bytes that drain before a person waits; 0: the link is not known to be slow. */
	size_t patience;
	struct tally tally; /* of the update before */
};

bool encoder_init(struct encoder *encoder);
void encoder_finish(struct encoder *encoder);

/* The client has forgotten what it was sent. */
void encoder_reset(struct encoder *encoder);

/*
 * Adds what makes the surface look like the image, which has its size. Looks no further than the
 * damage, whose rectangles may lie anywhere, and where the client is behind. Stops when there are
 * about `budget` bytes; what is left comes with later calls, as it looks by then.
 */
void encoder_update(struct encoder *encoder, struct surface *surface, const struct image *image,
	const struct rect *damage, size_t count, size_t budget, struct bytes *out);

#endif
